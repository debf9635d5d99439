package dev.postern.servlet;

import dev.postern.core.Outcome;
import dev.postern.core.RequestParser;
import dev.postern.core.TokenRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An endpoint that clients post forms to. Whichever it is, preflight requests, reading, refusals of
 * what cannot be read, and bugs are the same. Thread-safe.
 */
final class FormEndpoint {
  private final HttpFront front;
  private final RequestParser parser;
  private final Handler handler;

  /**
   * An endpoint that {@code handler} answers for.
   *
   * @param parser knows the parameters that the endpoint reads
   */
  FormEndpoint(HttpFront front, RequestParser parser, Handler handler) {
    this.front = front;
    this.parser = parser;
    this.handler = handler;
  }

  /** What one endpoint makes of a request that could be read. */
  interface Handler {
    void answer(TokenRequest read, HttpServletRequest request, HttpServletResponse response)
        throws IOException;
  }

  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (front.answersPreflight(Cors.POST, request, response)) {
      return;
    }
    long start = System.nanoTime();
    try {
      Outcome<TokenRequest> read = front.read(parser, request);
      if (read instanceof Outcome.Passed<TokenRequest> passed) {
        handler.answer(passed.value(), request, response);
      } else {
        front.refuse(read.refusal(), "", request, response);
      }
    } catch (RuntimeException | LinkageError bug) {
      front.fail(bug, request, response);
    } finally {
      front.tookSince(start);
    }
  }
}
