package dev.postern.servlet;

/** Where a request leads. */
enum Destination {
  /** To the token endpoint. */
  TOKEN,
  /** To the authorization endpoint. */
  AUTHORIZE,
  /** To the introspection endpoint. */
  INTROSPECT,
  /** To the revocation endpoint. */
  REVOKE,
  /** To the metadata. */
  METADATA,
  /** To the pages behind {@code error_uri}. */
  ERRORS,
  /** To the pages of recent refusals. */
  TRACES,
  /** To no endpoint of this version, or to one by an unclean path: 404, never passed on. */
  NOWHERE,
  /** Past this filter. */
  ELSEWHERE
}
