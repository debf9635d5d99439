package dev.postern.servlet;

import dev.postern.core.Refusal;
import dev.postern.core.Scope;
import dev.postern.core.StandardReason;
import dev.postern.servlet.events.Trace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Writes the refusals of a protected resource (RFC 6750 s3). Thread-safe. */
final class BearerResponseWriter implements RefusalWriter {
  private final JsonAnswers answers;
  private final String realm;
  private final Scope scope;

  /**
   * A writer of refusals.
   *
   * @param realm of the challenge
   * @param scope what the resource asks for
   */
  BearerResponseWriter(JsonAnswers answers, String realm, Scope scope) {
    this.answers = answers;
    this.realm = realm;
    this.scope = scope;
  }

  @Override
  public void write(
      Refusal refusal,
      Instant now,
      Trace trace,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    int status = status(refusal);
    boolean isBare = refusal.reason() == StandardReason.BEARER_TOKEN_MISSING;
    Map<String, Object> body =
        isBare
            // "the resource server SHOULD NOT include an error code or other error information"
            // (s3.1), as nothing is wrong with the request.
            ? answers.ids(now, trace)
            : answers.refusal(refusal, now, trace, request);
    if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      response.setHeader("Retry-After", "5");
    } else if (status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
      response.setHeader("WWW-Authenticate", challenge(isBare ? Map.of() : body));
    }
    answers.write(status, body, response);
  }

  private static int status(Refusal refusal) {
    return switch (refusal.reason().code()) {
      case INVALID_TOKEN -> HttpServletResponse.SC_UNAUTHORIZED;
      case INSUFFICIENT_SCOPE -> HttpServletResponse.SC_FORBIDDEN;
      case TEMPORARILY_UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
      case SERVER_ERROR -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
      default -> HttpServletResponse.SC_BAD_REQUEST;
    };
  }

  /**
   * Nothing in it needs escaping: the realm and the scope were checked at the start, all else is
   * ours and keeps to the characters of RFC 6750 s3.
   */
  private String challenge(Map<String, Object> told) {
    StringBuilder challenge = new StringBuilder("Bearer realm=\"").append(realm).append('"');
    for (String name : new String[] {"error", "error_description", "error_uri"}) {
      if (told.containsKey(name)) {
        challenge.append(", ").append(name).append("=\"").append(told.get(name)).append('"');
      }
    }
    if ("insufficient_scope".equals(told.get("error"))) {
      challenge.append(", scope=\"").append(scope).append('"');
    }
    return challenge.toString();
  }
}
