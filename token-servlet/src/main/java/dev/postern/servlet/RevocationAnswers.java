package dev.postern.servlet;

import dev.postern.core.Outcome;
import dev.postern.core.RevocationEndpoint;
import dev.postern.core.TokenRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the revocation endpoint answers (RFC 7009 s2.2). Thread-safe. */
final class RevocationAnswers implements FormEndpoint.Handler {
  private final HttpFront front;
  private final RevocationEndpoint endpoint;

  RevocationAnswers(HttpFront front, RevocationEndpoint endpoint) {
    this.front = front;
    this.endpoint = endpoint;
  }

  @Override
  public void answer(TokenRequest read, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Outcome<RevocationEndpoint.Done> outcome = endpoint.handle(read);
    if (outcome instanceof Outcome.Passed<RevocationEndpoint.Done> passed) {
      RevocationEndpoint.Done done = passed.value();
      if (done.isNews()) {
        front.noteRevoked(done.client().id(), request);
      }
      front.tellDone(request, response);
    } else {
      front.refuse(outcome.refusal(), read.claimedClient().orElse(""), request, response);
    }
  }
}
