package dev.postern.core;

/**
 * The value of {@code error} in an answer: the six of RFC 6749 s5.2; the two with which a failed
 * issuance is told (RFC 6749 s4.1.2.1 registers them; s5.2 has no word for a broken server); and
 * those that only an authorization endpoint has (RFC 6749 s4.1.2.1, OpenID Connect Core 1.0
 * s3.1.2.6, RFC 9101 s7), or only a protected resource (RFC 6750 s3.1).
 */
public enum ErrorCode {
  INVALID_REQUEST("invalid_request"),
  INVALID_CLIENT("invalid_client"),
  INVALID_GRANT("invalid_grant"),
  UNAUTHORIZED_CLIENT("unauthorized_client"),
  UNSUPPORTED_GRANT_TYPE("unsupported_grant_type"),
  INVALID_SCOPE("invalid_scope"),
  SERVER_ERROR("server_error"),
  TEMPORARILY_UNAVAILABLE("temporarily_unavailable"),
  UNSUPPORTED_RESPONSE_TYPE("unsupported_response_type"),
  ACCESS_DENIED("access_denied"),
  LOGIN_REQUIRED("login_required"),
  CONSENT_REQUIRED("consent_required"),
  REQUEST_NOT_SUPPORTED("request_not_supported"),
  REQUEST_URI_NOT_SUPPORTED("request_uri_not_supported"),
  INVALID_TOKEN("invalid_token"),
  INSUFFICIENT_SCOPE("insufficient_scope");

  private final String wire;

  ErrorCode(String wire) {
    this.wire = wire;
  }

  /** The spelling on the wire. */
  public String wire() {
    return wire;
  }
}
