package dev.postern.servlet;

import dev.postern.core.AuthorizationServer;
import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.TokenResult;
import dev.postern.servlet.request.Transport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;

/**
 * What a {@link TokenFilter} lends to the {@link BearerFilter}s of its application: tokens are
 * looked up, and refusals told and written, as it does itself. Thread-safe.
 *
 * @param clock the store's, by which tokens live
 */
record ResourceFront(
    AuthorizationServer server,
    HttpFront front,
    Transport transport,
    JsonAnswers answers,
    InstantSource clock) {

  /** "Clients MUST always use TLS" (RFC 6750 s5.3): as at the token endpoint. */
  Outcome<HttpServletRequest> checkTransport(HttpServletRequest request) {
    return transport.check(request);
  }

  /** Answers a browser that asks if it may send a request; {@code false} if that is not asked. */
  boolean answersPreflight(HttpServletRequest request, HttpServletResponse response) {
    return front.answersPreflight(Cors.ALL_METHODS, request, response);
  }

  /** Lets a browser client read the answer that the application will write. */
  void allowOrigin(HttpServletRequest request, HttpServletResponse response) {
    front.allowOrigin(request, response);
  }

  /** Answers with a refusal; {@code clientId} is whose token it was, if that is known. */
  void refuse(
      Refusal refusal,
      String clientId,
      BearerSettings settings,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    front.refuse(new TokenResult.Refused(refusal, clientId), writer(settings), request, response);
  }

  /** Answers after a bug. */
  void fail(
      Throwable bug,
      BearerSettings settings,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    front.fail(bug, writer(settings), request, response);
  }

  private BearerResponseWriter writer(BearerSettings settings) {
    return new BearerResponseWriter(answers, settings.realm(), settings.scope());
  }
}
