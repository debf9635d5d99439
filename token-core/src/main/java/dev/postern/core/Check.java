package dev.postern.core;

/**
 * What a request is checked for, in the order in which that is done. A {@link Reason} names the
 * check it belongs to, so a refusal tells how far the request came. Grants are free in the order of
 * their own: {@link #GRANT}, {@link #SCOPE}.
 */
public enum Check {
  /** The path is that of an endpoint. */
  PATH,
  /** The method is POST (RFC 6749 s3.2). */
  METHOD,
  /** The connection is protected by TLS (RFC 6749 s3.2). */
  TRANSPORT,
  /** The body is a form in UTF-8 (RFC 6749 appendix B). */
  MEDIA_TYPE,
  /** No credential or grant parameter stands in the query (RFC 6749 s2.3.1, s3.2). */
  QUERY,
  /** The body is complete, within its limits, and can be decoded (RFC 6749 appendix B). */
  BODY,
  /** No known parameter is repeated, too long or outside its grammar (RFC 6749 s3.2). */
  PARAMETERS,
  /** Exactly one client authentication mechanism is used (RFC 6749 s2.3). */
  MECHANISM,
  /** The client is who it says it is (RFC 6749 s2.3, s3.2.1). */
  CLIENT,
  /** What is asked for is known, and the client is registered for it (RFC 6749 s5.2). */
  GRANT_TYPE,
  /** All that the grant type requires is there (RFC 6749 s4). */
  GRANT_PARAMETERS,
  /** The scope is well-formed (RFC 6749 s3.3). */
  SCOPE_GRAMMAR,
  /** The grant itself is good: code, token, password (RFC 6749 s4, s6; RFC 6750 s3.1). */
  GRANT,
  /** The scope is within what was granted (RFC 6749 s3.3). */
  SCOPE,
  /** Tokens can be made and kept (RFC 6749 s5.1). */
  ISSUANCE
}
