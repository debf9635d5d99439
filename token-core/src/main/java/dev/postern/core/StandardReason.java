package dev.postern.core;

import static dev.postern.core.Check.BODY;
import static dev.postern.core.Check.CLIENT;
import static dev.postern.core.Check.GRANT;
import static dev.postern.core.Check.GRANT_PARAMETERS;
import static dev.postern.core.Check.GRANT_TYPE;
import static dev.postern.core.Check.ISSUANCE;
import static dev.postern.core.Check.MECHANISM;
import static dev.postern.core.Check.MEDIA_TYPE;
import static dev.postern.core.Check.METHOD;
import static dev.postern.core.Check.PARAMETERS;
import static dev.postern.core.Check.PATH;
import static dev.postern.core.Check.QUERY;
import static dev.postern.core.Check.SCOPE;
import static dev.postern.core.Check.SCOPE_GRAMMAR;
import static dev.postern.core.Check.TRANSPORT;
import static dev.postern.core.ErrorCode.ACCESS_DENIED;
import static dev.postern.core.ErrorCode.CONSENT_REQUIRED;
import static dev.postern.core.ErrorCode.INSUFFICIENT_SCOPE;
import static dev.postern.core.ErrorCode.INVALID_CLIENT;
import static dev.postern.core.ErrorCode.INVALID_GRANT;
import static dev.postern.core.ErrorCode.INVALID_REQUEST;
import static dev.postern.core.ErrorCode.INVALID_SCOPE;
import static dev.postern.core.ErrorCode.INVALID_TOKEN;
import static dev.postern.core.ErrorCode.LOGIN_REQUIRED;
import static dev.postern.core.ErrorCode.REQUEST_NOT_SUPPORTED;
import static dev.postern.core.ErrorCode.REQUEST_URI_NOT_SUPPORTED;
import static dev.postern.core.ErrorCode.SERVER_ERROR;
import static dev.postern.core.ErrorCode.TEMPORARILY_UNAVAILABLE;
import static dev.postern.core.ErrorCode.UNAUTHORIZED_CLIENT;
import static dev.postern.core.ErrorCode.UNSUPPORTED_GRANT_TYPE;
import static dev.postern.core.ErrorCode.UNSUPPORTED_RESPONSE_TYPE;

import java.util.Optional;

/**
 * Every reason for which Postern itself refuses, one constant a rule. The numbers are a public
 * promise: a constant may be added, none changes its meaning. The causes and remedies in words
 * stand in {@code reasons.properties} beside this class, and {@code docs/errors.md} is made of
 * both.
 */
public enum StandardReason implements Reason {
  // 1xxx invalid_request
  METHOD_NOT_ALLOWED(1001, INVALID_REQUEST, METHOD, "RFC 6749 s3.2", "only POST is allowed here"),
  PARAMETER_MISSING(
      1002, INVALID_REQUEST, GRANT_PARAMETERS, "RFC 6749 s5.2", "a required parameter is missing"),
  PARAMETER_REPEATED(1003, INVALID_REQUEST, PARAMETERS, "RFC 6749 s3.2", "a parameter is repeated"),
  PARAMETER_TOO_LONG(1004, INVALID_REQUEST, PARAMETERS, "RFC 6749 s5.2", "a parameter is too long"),
  PARAMETER_MALFORMED(
      1005,
      INVALID_REQUEST,
      PARAMETERS,
      "RFC 6749 appendix A",
      "a parameter holds characters that it may not hold, or too few or too many"),
  PARAMETER_IN_QUERY(
      1006,
      INVALID_REQUEST,
      QUERY,
      "RFC 6749 s2.3.1",
      "a parameter stands in the query; it belongs into the body"),
  NO_SUCH_ENDPOINT(1007, INVALID_REQUEST, PATH, "RFC 6749 s3.2", "there is no endpoint here"),
  INSECURE_TRANSPORT(
      1008, INVALID_REQUEST, TRANSPORT, "RFC 6749 s3.2", "the request did not come over https"),
  MEDIA_TYPE_UNSUPPORTED(
      1010,
      INVALID_REQUEST,
      MEDIA_TYPE,
      "RFC 6749 s4.1.3",
      "the body has to be application/x-www-form-urlencoded"),
  CHARSET_UNSUPPORTED(
      1011, INVALID_REQUEST, MEDIA_TYPE, "RFC 6749 appendix B", "the charset has to be UTF-8"),
  CONTENT_ENCODING_UNSUPPORTED(
      1012,
      INVALID_REQUEST,
      MEDIA_TYPE,
      "RFC 6749 appendix B",
      "the body may not be compressed or otherwise encoded"),
  BODY_TOO_LARGE(1013, INVALID_REQUEST, BODY, "RFC 9110 s15.5.14", "the body is too large"),
  BODY_TOO_SLOW(1014, INVALID_REQUEST, BODY, "RFC 9110 s15.5.9", "the body came too slowly"),
  BODY_INCOMPLETE(1015, INVALID_REQUEST, BODY, "RFC 9112 s8", "the body ended too early"),
  TOO_MANY_PARAMETERS(
      1016, INVALID_REQUEST, BODY, "RFC 6749 s5.2", "there are too many parameters"),
  PERCENT_ENCODING_INVALID(
      1017, INVALID_REQUEST, BODY, "RFC 6749 appendix B", "a percent sign has no two hex digits"),
  UTF8_INVALID(1018, INVALID_REQUEST, BODY, "RFC 6749 appendix B", "the text is not UTF-8"),
  NUL_CHARACTER(1019, INVALID_REQUEST, BODY, "RFC 6749 appendix A", "there is a NUL character"),
  BODY_CONSUMED(
      1020,
      INVALID_REQUEST,
      BODY,
      "RFC 6749 s3.2",
      "the body was read by another part of this server and could not be read again"),
  SEVERAL_MECHANISMS(
      1030,
      INVALID_REQUEST,
      MECHANISM,
      "RFC 6749 s2.3",
      "more than one client authentication mechanism is used"),
  SEVERAL_AUTHORIZATION_HEADERS(
      1031,
      INVALID_REQUEST,
      MECHANISM,
      "RFC 6749 s2.3",
      "there is more than one Authorization header"),
  CLIENT_ID_MISMATCH(
      1032,
      INVALID_REQUEST,
      CLIENT,
      "RFC 6749 s3.2.1",
      "client_id is not the client that authenticated"),
  CLIENT_ID_MISSING(
      1033,
      INVALID_REQUEST,
      MECHANISM,
      "RFC 6749 s2.3.1",
      "client_secret was sent without client_id"),
  GRANT_TYPE_MISSING(1034, INVALID_REQUEST, GRANT_TYPE, "RFC 6749 s5.2", "grant_type is missing"),
  VERIFIER_WITHOUT_CHALLENGE(
      1040,
      INVALID_REQUEST,
      GRANT,
      "RFC 9700 s2.1.1",
      "code_verifier was sent, but no code_challenge when the code was asked for"),
  USER_ALREADY_LOGGED_IN(
      1041,
      INVALID_REQUEST,
      GRANT,
      "RFC 6749 s4.3",
      "the request came with a session or a user; a password grant takes neither"),
  REDIRECT_URI_NOT_REGISTERED(
      1050,
      INVALID_REQUEST,
      GRANT,
      "RFC 6749 s3.1.2.3",
      "the redirect URI is not registered for the client"),
  CHALLENGE_REQUIRED(
      1051, INVALID_REQUEST, GRANT, "RFC 9700 s2.1.1", "a code_challenge is required"),
  CHALLENGE_METHOD_UNSUPPORTED(
      1052,
      INVALID_REQUEST,
      GRANT,
      "RFC 7636 s4.4.1",
      "the code_challenge_method is not allowed for the client"),

  // 2xxx invalid_client
  CLIENT_REFUSED(
      2000, INVALID_CLIENT, CLIENT, "RFC 6749 s5.2", "the client could not be authenticated"),
  AUTHORIZATION_MALFORMED(
      2001, INVALID_CLIENT, MECHANISM, "RFC 7617 s2", "the Authorization header cannot be read"),
  AUTHORIZATION_SCHEME_UNSUPPORTED(
      2002,
      INVALID_CLIENT,
      MECHANISM,
      "RFC 6749 s5.2",
      "the scheme of the Authorization header is not supported"),
  CREDENTIALS_MISSING(
      2003, INVALID_CLIENT, MECHANISM, "RFC 6749 s5.2", "there are no client credentials"),
  ASSERTION_UNSUPPORTED(
      2004, INVALID_CLIENT, MECHANISM, "RFC 7521 s4.2", "client assertions are not supported"),
  CLIENT_UNKNOWN(2101, CLIENT_REFUSED, "RFC 6749 s5.2", "no client has this id"),
  SECRET_MISMATCH(2102, CLIENT_REFUSED, "RFC 6749 s2.3.1", "the secret is wrong"),
  SECRET_EXPIRED(
      2103, CLIENT_REFUSED, "RFC 6749 s2.3.1", "the secret is right, but it has expired"),
  CLIENT_DISABLED(2104, CLIENT_REFUSED, "RFC 6749 s5.2", "the client is disabled"),
  METHOD_MISMATCH(
      2105,
      CLIENT_REFUSED,
      "RFC 7591 s2",
      "the client is registered with another token_endpoint_auth_method"),
  CREDENTIALS_REQUIRED(
      2106,
      CLIENT_REFUSED,
      "RFC 6749 s3.2.1",
      "only the id was sent, but the client has to authenticate"),
  HASH_PRESENTED(
      2107, CLIENT_REFUSED, "RFC 6749 s2.3.1", "the stored hash was sent in place of the secret"),
  SECRET_WITH_WHITE_SPACE(
      2108, CLIENT_REFUSED, "RFC 6749 s2.3.1", "the secret is right but for white space around it"),
  SECRET_ENCODED_TWICE(
      2109, CLIENT_REFUSED, "RFC 6749 s2.3.1", "the secret is right, but was form-encoded twice"),
  SECRET_NOT_ENCODED(
      2110,
      CLIENT_REFUSED,
      "RFC 6749 s2.3.1",
      "the secret is right, but it or the id was not form-encoded"),

  // 3xxx invalid_grant
  GRANT_REFUSED(
      3000,
      INVALID_GRANT,
      GRANT,
      "RFC 6749 s5.2",
      "the grant is invalid, expired, revoked or not this client's"),
  CODE_UNKNOWN(3101, GRANT_REFUSED, "RFC 6749 s5.2", "no such code, or it was forgotten long ago"),
  CODE_EXPIRED(3102, GRANT_REFUSED, "RFC 6749 s4.1.2", "the code has expired"),
  CODE_SPENT(
      3103,
      GRANT_REFUSED,
      "RFC 6749 s4.1.2",
      "the code was used before; the tokens that came of it are revoked"),
  CODE_OF_OTHER_CLIENT(
      3104, GRANT_REFUSED, "RFC 6749 s4.1.3", "the code belongs to another client"),
  REDIRECT_URI_MISMATCH(
      3105,
      GRANT_REFUSED,
      "RFC 6749 s4.1.3",
      "redirect_uri is not the one the code was issued for"),
  REDIRECT_URI_MISSING(
      3106,
      GRANT_REFUSED,
      "RFC 6749 s4.1.3",
      "redirect_uri is missing, but was sent when the code was asked for"),
  VERIFIER_MISSING(
      3107,
      GRANT_REFUSED,
      "RFC 7636 s4.6",
      "code_verifier is missing, but a code_challenge was sent"),
  VERIFIER_MISMATCH(
      3108, GRANT_REFUSED, "RFC 7636 s4.6", "code_verifier does not match the code_challenge"),
  VERIFIER_IS_CHALLENGE(
      3109,
      GRANT_REFUSED,
      "RFC 7636 s4.6",
      "the code_challenge was sent in place of the code_verifier"),
  CODE_REVOKED(3110, GRANT_REFUSED, "RFC 6749 s5.2", "the code was revoked before it was used"),
  VERIFIER_MALFORMED(
      3111, GRANT_REFUSED, "RFC 7636 s4.1", "code_verifier is not 43 to 128 unreserved characters"),
  REFRESH_TOKEN_UNKNOWN(
      3201, GRANT_REFUSED, "RFC 6749 s5.2", "no such refresh token, or it was forgotten long ago"),
  REFRESH_TOKEN_EXPIRED(3202, GRANT_REFUSED, "RFC 6749 s5.2", "the refresh token has expired"),
  REFRESH_TOKEN_REUSED(
      3203,
      GRANT_REFUSED,
      "RFC 9700 s4.14.2",
      "the refresh token was used before; its whole family is revoked"),
  REFRESH_TOKEN_OF_OTHER_CLIENT(
      3204, GRANT_REFUSED, "RFC 6749 s6", "the refresh token belongs to another client"),
  REFRESH_TOKEN_REVOKED(3205, GRANT_REFUSED, "RFC 6749 s5.2", "the refresh token was revoked"),
  REFRESH_TOKEN_REUSED_ELSEWHERE(
      3206,
      GRANT_REFUSED,
      "RFC 9700 s4.14.2",
      "the refresh token was used before, from another address; its whole family is revoked"),
  PASSWORD_REFUSED(
      3301,
      GRANT_REFUSED,
      "RFC 6749 s4.3.2",
      "the container's realm refused the user name or the password"),

  // 4xxx unauthorized_client
  GRANT_TYPE_NOT_REGISTERED(
      4001,
      UNAUTHORIZED_CLIENT,
      GRANT_TYPE,
      "RFC 6749 s5.2",
      "the client is not registered for this grant type"),

  // 5xxx unsupported_grant_type
  GRANT_TYPE_UNSUPPORTED(
      5001, UNSUPPORTED_GRANT_TYPE, GRANT_TYPE, "RFC 6749 s5.2", "the grant type is not supported"),
  PASSWORD_GRANT_OFF(
      5101, GRANT_TYPE_UNSUPPORTED, "RFC 9700 s2.4", "the password grant is switched off"),

  // 6xxx invalid_scope
  SCOPE_MALFORMED(
      6001,
      INVALID_SCOPE,
      SCOPE_GRAMMAR,
      "RFC 6749 s3.3",
      "the scope is not a list of words with one space between them"),
  SCOPE_NOT_ALLOWED(
      6002, INVALID_SCOPE, SCOPE, "RFC 6749 s3.3", "the scope exceeds what is allowed"),
  SCOPE_IN_OTHER_CASE(
      6101,
      SCOPE_NOT_ALLOWED,
      "RFC 6749 s3.3",
      "a scope differs only in upper and lower case from one that the client has"),
  SCOPE_OF_OTHER_CLIENT(
      6102, SCOPE_NOT_ALLOWED, "RFC 6749 s3.3", "a scope exists, but only other clients have it"),

  // 7xxx the authorization endpoint
  CLIENT_NOT_ACCEPTED(
      7001,
      INVALID_REQUEST,
      CLIENT,
      "RFC 6749 s4.1.2.1",
      "the application is not registered here, or is switched off"),
  REDIRECT_URI_LEFT_OUT(
      7002,
      INVALID_REQUEST,
      GRANT_PARAMETERS,
      "RFC 6749 s3.1.2.3",
      "redirect_uri is missing, and the client has not exactly one"),
  RESPONSE_TYPE_UNSUPPORTED(
      7003,
      UNSUPPORTED_RESPONSE_TYPE,
      GRANT_TYPE,
      "RFC 6749 s4.1.2.1",
      "the only response_type is code"),
  REQUEST_OBJECT_UNSUPPORTED(
      7004,
      REQUEST_NOT_SUPPORTED,
      GRANT_PARAMETERS,
      "RFC 9101 s7",
      "request objects are not supported"),
  REQUEST_URI_UNSUPPORTED(
      7005,
      REQUEST_URI_NOT_SUPPORTED,
      GRANT_PARAMETERS,
      "RFC 9101 s7",
      "request_uri is not supported"),
  RESPONSE_MODE_UNSUPPORTED(
      7006,
      INVALID_REQUEST,
      GRANT_PARAMETERS,
      "RFC 6749 s4.1.2",
      "the only response_mode is query"),
  PROMPT_UNSUPPORTED(
      7007,
      INVALID_REQUEST,
      GRANT_PARAMETERS,
      "RFC 6749 s4.1.2.1",
      "prompt is none alone, or some of login, consent, select_account"),
  LOGIN_NEEDED(
      7008,
      LOGIN_REQUIRED,
      GRANT,
      "RFC 6749 s3.1",
      "the user would have to log in, and prompt does not allow it or this server cannot ask again"),
  CONSENT_NEEDED(
      7009,
      CONSENT_REQUIRED,
      GRANT,
      "RFC 6749 s3.1",
      "the user would have to be asked, and prompt does not allow it"),
  CONSENT_DENIED(7010, ACCESS_DENIED, GRANT, "RFC 6749 s4.1.2.1", "the user said no"),
  LOGIN_NOT_CONFIGURED(
      7011, SERVER_ERROR, GRANT, "RFC 6749 s3.1", "nobody can log in on this server"),
  CONSENT_NOT_OURS(
      7012,
      INVALID_REQUEST,
      GRANT,
      "RFC 9700 s4.7",
      "the answer did not come from the page that asked, or cookies are switched off"),
  TOO_MANY_CODES(
      7013,
      TEMPORARILY_UNAVAILABLE,
      ISSUANCE,
      "RFC 6819 s4.4.1.11",
      "the user has too many codes that nobody has redeemed"),
  USER_UNFIT(
      7014,
      SERVER_ERROR,
      GRANT,
      "RFC 6749 s3.1",
      "who is logged in is no user for whom a code can be issued"),
  CLIENT_UNKNOWN_HERE(
      7101, CLIENT_NOT_ACCEPTED, "RFC 6749 s4.1.2.1", "no client has this id; a user was sent"),
  CLIENT_DISABLED_HERE(
      7102, CLIENT_NOT_ACCEPTED, "RFC 6749 s4.1.2.1", "the client is disabled; a user was sent"),

  // 8xxx protected resources, introspection, revocation
  ACCESS_TOKEN_REFUSED(
      8000,
      INVALID_TOKEN,
      GRANT,
      "RFC 6750 s3.1",
      "the access token is unknown, expired or revoked"),
  BEARER_TOKEN_MISSING(8001, INVALID_TOKEN, MECHANISM, "RFC 6750 s3.1", "there is no access token"),
  BEARER_TOKEN_MALFORMED(
      8002,
      INVALID_REQUEST,
      MECHANISM,
      "RFC 6750 s2.1",
      "the access token in the Authorization header cannot be read"),
  ACCESS_TOKEN_IN_QUERY(
      8003,
      INVALID_REQUEST,
      QUERY,
      "RFC 9700 s4.3.2",
      "an access token stands in the query; it belongs into the Authorization header"),
  SCOPE_INSUFFICIENT(
      8004,
      INSUFFICIENT_SCOPE,
      SCOPE,
      "RFC 6750 s3.1",
      "the access token does not have the scope that this resource asks for"),
  INTROSPECTION_NOT_REGISTERED(
      8010,
      UNAUTHORIZED_CLIENT,
      GRANT_TYPE,
      "RFC 7662 s2.1",
      "the client is not registered to introspect tokens"),
  TOKEN_OF_OTHER_CLIENT(
      8020, INVALID_GRANT, GRANT, "RFC 7009 s2.1", "the token was issued to another client"),

  // 9xxx issuance failure
  INTERNAL_ERROR(9000, SERVER_ERROR, ISSUANCE, "RFC 9110 s15.6.1", "an unexpected error"),
  STORE_UNAVAILABLE(
      9001,
      TEMPORARILY_UNAVAILABLE,
      ISSUANCE,
      "RFC 9110 s15.6.4",
      "the token store is not available"),
  STORE_FULL(
      9002, TEMPORARILY_UNAVAILABLE, ISSUANCE, "RFC 9110 s15.6.4", "the token store is full"),
  KEY_UNAVAILABLE(
      9003,
      TEMPORARILY_UNAVAILABLE,
      ISSUANCE,
      "RFC 9110 s15.6.4",
      "the signing key is not available"),
  REALM_UNAVAILABLE(
      9004,
      TEMPORARILY_UNAVAILABLE,
      GRANT,
      "RFC 9110 s15.6.4",
      "the user directory is not available"),
  CLIENTS_UNAVAILABLE(
      9005,
      TEMPORARILY_UNAVAILABLE,
      CLIENT,
      "RFC 9110 s15.6.4",
      "the client registry is not available"),
  TOO_BUSY(
      9006,
      TEMPORARILY_UNAVAILABLE,
      CLIENT,
      "RFC 9110 s15.6.4",
      "too many secrets are being checked at once"),
  SCHEMA_MISSING(
      9007,
      TEMPORARILY_UNAVAILABLE,
      ISSUANCE,
      "RFC 9110 s15.6.4",
      "the tables of the token store are missing"),
  SCHEMA_OF_OTHER_VERSION(
      9008,
      TEMPORARILY_UNAVAILABLE,
      ISSUANCE,
      "RFC 9110 s15.6.4",
      "the tables of the token store are of another version"),
  TOO_MANY_FAILURES(
      9010,
      TEMPORARILY_UNAVAILABLE,
      CLIENT,
      "RFC 6749 s2.3.1",
      "too many failed attempts; wait as long as Retry-After says");

  private final int number;
  private final ErrorCode code;
  private final Check check;
  private final String section;
  private final String text;
  private final Optional<StandardReason> face;

  StandardReason(int number, ErrorCode code, Check check, String section, String text) {
    this(number, code, check, section, text, Optional.empty());
  }

  /** A private cause: to the public it is {@code face}. */
  StandardReason(int number, StandardReason face, String section, String text) {
    this(number, face.code, face.check, section, text, Optional.of(face));
  }

  StandardReason(
      int number,
      ErrorCode code,
      Check check,
      String section,
      String text,
      Optional<StandardReason> face) {
    this.number = number;
    this.code = code;
    this.check = check;
    this.section = section;
    this.text = text;
    this.face = face;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public ErrorCode code() {
    return code;
  }

  @Override
  public Check check() {
    return check;
  }

  @Override
  public String section() {
    return section;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Reason face() {
    return face.isPresent() ? face.get() : this;
  }
}
