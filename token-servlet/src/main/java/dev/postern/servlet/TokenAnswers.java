package dev.postern.servlet;

import dev.postern.core.TokenEndpoint;
import dev.postern.core.TokenRequest;
import dev.postern.core.TokenResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the token endpoint answers (RFC 6749 s5). Thread-safe. */
final class TokenAnswers implements FormEndpoint.Handler {
  private final HttpFront front;
  private final TokenEndpoint endpoint;

  TokenAnswers(HttpFront front, TokenEndpoint endpoint) {
    this.front = front;
    this.endpoint = endpoint;
  }

  @Override
  public void answer(TokenRequest read, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TokenResult result = endpoint.handle(read);
    if (result instanceof TokenResult.Issued issued) {
      front.issue(issued, request, response);
    } else {
      front.refuse((TokenResult.Refused) result, request, response);
    }
  }
}
