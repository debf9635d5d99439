package dev.postern.servlet;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.ErrorCode;
import dev.postern.core.IssuedTokens;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenResult;
import dev.postern.servlet.events.Trace;
import dev.postern.servlet.request.BasicCredentials;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes the answers of the endpoints that clients post to (RFC 6749 s5.1, s5.2): every status and
 * challenge stands here. Thread-safe.
 */
final class TokenResponseWriter implements RefusalWriter {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Set<String> MEMBERS =
      Set.of("access_token", "token_type", "expires_in", "refresh_token", "scope");

  private final JsonAnswers answers;
  private final String realm;
  private final Set<String> schemes;
  private final Duration retryAfter;

  /**
   * A writer of answers.
   *
   * @param realm of the challenge
   * @param schemes the schemes of the {@code Authorization} header that clients may use
   * @param retryAfter how long to wait after too many failures
   */
  TokenResponseWriter(JsonAnswers answers, String realm, Set<String> schemes, Duration retryAfter) {
    this.answers = answers;
    this.realm = realm;
    this.schemes = schemes;
    this.retryAfter = retryAfter;
  }

  /** Tokens (s5.1). */
  void write(TokenResult.Issued issued, HttpServletResponse response) throws IOException {
    IssuedTokens tokens = issued.tokens();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("access_token", tokens.accessToken().reveal());
    body.put("token_type", tokens.type());
    body.put("expires_in", tokens.expiresIn().toSeconds());
    tokens.refreshToken().ifPresent(token -> body.put("refresh_token", token.reveal()));
    if (issued.isScopeTold()) {
      body.put("scope", tokens.scope().toString());
    }
    tokens.members().forEach((name, value) -> addUnlessOurs(name, value, body));
    answers.write(HttpServletResponse.SC_OK, body, response);
  }

  /** One that is ours and absent is absent on purpose. */
  private static void addUnlessOurs(String name, String value, Map<String, Object> body) {
    if (!MEMBERS.contains(name)) {
      body.put(name, value);
    }
  }

  /** A refusal (s5.2). */
  @Override
  public void write(
      Refusal refusal,
      Instant now,
      Trace trace,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    AuthorizationHeader header = BasicCredentials.of(request);
    int status = status(refusal.reason(), header, "POST", response);
    if (status == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", challenge(header));
    } else if (status == TOO_MANY_REQUESTS) {
      response.setHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
    }
    answers.write(status, answers.refusal(refusal, now, trace, request), response);
  }

  /** A JSON object that is no refusal: what a token means, say (RFC 7662 s2.2). */
  void write(Map<String, Object> members, HttpServletResponse response) throws IOException {
    answers.write(HttpServletResponse.SC_OK, members, response);
  }

  /** Nothing but a status, for a preflight request. */
  void writeEmpty(HttpServletResponse response) {
    answers.writeEmpty(HttpServletResponse.SC_NO_CONTENT, response);
  }

  /** "The content of the response body is ignored by the client" (RFC 7009 s2.2). */
  void writeDone(HttpServletResponse response) {
    answers.writeEmpty(HttpServletResponse.SC_OK, response);
  }

  /** The status of a refusal; sets the headers that go with it, whatever the body is. */
  static int status(
      Reason reason, AuthorizationHeader header, String allow, HttpServletResponse response) {
    int status =
        reason instanceof StandardReason standard
            ? status(standard, header)
            : status(reason.code(), header);
    boolean isCutOff =
        status == HttpServletResponse.SC_REQUEST_TIMEOUT
            || status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE
            || reason == StandardReason.BODY_INCOMPLETE;
    if (isCutOff) {
      // "the server MUST respond with a 400 (Bad Request) status code and then close the
      // connection" (RFC 9112 s6.3): nobody knows where the next request would begin.
      response.setHeader("Connection", "close");
    } else if (status == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
      response.setHeader("Allow", allow);
    } else if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      response.setHeader("Retry-After", "5");
    }
    return status;
  }

  private static int status(StandardReason reason, AuthorizationHeader header) {
    return switch (reason) {
      case NO_SUCH_ENDPOINT -> HttpServletResponse.SC_NOT_FOUND;
      case METHOD_NOT_ALLOWED -> HttpServletResponse.SC_METHOD_NOT_ALLOWED;
      case BODY_TOO_SLOW -> HttpServletResponse.SC_REQUEST_TIMEOUT;
      case BODY_TOO_LARGE -> HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
      case TOO_MANY_FAILURES -> TOO_MANY_REQUESTS;
      case INTROSPECTION_NOT_REGISTERED -> HttpServletResponse.SC_FORBIDDEN;
      default -> status(reason.code(), header);
    };
  }

  private static int status(ErrorCode code, AuthorizationHeader header) {
    return switch (code) {
      // "If the client attempted to authenticate via the \"Authorization\" request header
      // field, the authorization server MUST respond with an HTTP 401" (s5.2). Without it a
      // challenge would make browsers ask for a password, and some client libraries drop the
      // body.
      case INVALID_CLIENT ->
          header instanceof AuthorizationHeader.Absent
              ? HttpServletResponse.SC_BAD_REQUEST
              : HttpServletResponse.SC_UNAUTHORIZED;
      case INVALID_REQUEST,
          INVALID_GRANT,
          UNAUTHORIZED_CLIENT,
          UNSUPPORTED_GRANT_TYPE,
          INVALID_SCOPE,
          UNSUPPORTED_RESPONSE_TYPE,
          ACCESS_DENIED,
          LOGIN_REQUIRED,
          CONSENT_REQUIRED,
          REQUEST_NOT_SUPPORTED,
          REQUEST_URI_NOT_SUPPORTED,
          // These two only a protected resource tells, which has a writer of its own.
          INVALID_TOKEN,
          INSUFFICIENT_SCOPE ->
          HttpServletResponse.SC_BAD_REQUEST;
      case TEMPORARILY_UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
      case SERVER_ERROR -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    };
  }

  /** "matching the authentication scheme used by the client" (s5.2), where we support that. */
  private String challenge(AuthorizationHeader header) {
    if (header instanceof AuthorizationHeader.Other other) {
      for (String scheme : schemes) {
        if (scheme.equalsIgnoreCase(other.scheme())) {
          return scheme + " realm=\"" + realm + "\"";
        }
      }
    }
    return "Basic realm=\"" + realm + "\", charset=\"UTF-8\"";
  }
}
