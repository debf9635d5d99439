package dev.postern.servlet;

import dev.postern.core.TokenEndpoint;
import dev.postern.core.TokenRequest;
import dev.postern.core.TokenResult;
import dev.postern.servlet.doctor.FindingKind;
import dev.postern.servlet.doctor.Sightings;
import dev.postern.servlet.events.RefusalLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** What the token endpoint answers (RFC 6749 s5). Thread-safe. */
final class TokenAnswers implements FormEndpoint.Handler {
  private final HttpFront front;
  private final TokenEndpoint endpoint;
  private final Optional<URI> address;
  private final Sightings sightings;

  /**
   * Answers of this endpoint.
   *
   * @param address where clients are told that it is, if they are
   */
  TokenAnswers(
      HttpFront front, TokenEndpoint endpoint, Optional<URI> address, Sightings sightings) {
    this.front = front;
    this.endpoint = endpoint;
    this.address = address;
    this.sightings = sightings;
  }

  @Override
  public void answer(TokenRequest read, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TokenResult result = endpoint.handle(read);
    if (result instanceof TokenResult.Issued issued) {
      compareAddress(request);
      front.issue(issued, request, response);
    } else {
      front.refuse((TokenResult.Refused) result, request, response);
    }
  }

  /** Of clients that have proven themselves only: others may call us what they like. */
  private void compareAddress(HttpServletRequest request) {
    if (address.isPresent() && sightings.isNews(FindingKind.OTHER_ADDRESS)) {
      String told = String.valueOf(address.get().getHost());
      String used = String.valueOf(request.getServerName());
      if (!told.equalsIgnoreCase(used)) {
        sightings.see(
            FindingKind.OTHER_ADDRESS,
            "requests are for " + RefusalLog.escaped(used) + ", the settings say " + told);
      }
    }
  }
}
