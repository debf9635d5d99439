package dev.postern.servlet;

import dev.postern.core.ActiveToken;
import dev.postern.core.IntrospectionEndpoint;
import dev.postern.core.Outcome;
import dev.postern.core.TokenRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the introspection endpoint answers (RFC 7662 s2.2). Thread-safe. */
final class IntrospectionAnswers implements FormEndpoint.Handler {
  private final HttpFront front;
  private final IntrospectionEndpoint endpoint;
  private final Optional<String> issuer;
  private final InstantSource clock;

  /**
   * The answers of {@code endpoint}.
   *
   * @param issuer the issuer identifier, if there is one
   * @param clock the store's, by which tokens live
   */
  IntrospectionAnswers(
      HttpFront front, IntrospectionEndpoint endpoint, Optional<URI> issuer, InstantSource clock) {
    this.front = front;
    this.endpoint = endpoint;
    this.issuer = issuer.map(URI::toString);
    this.clock = clock;
  }

  @Override
  public void answer(TokenRequest read, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Outcome<Optional<ActiveToken>> outcome = endpoint.handle(read);
    if (outcome instanceof Outcome.Passed<Optional<ActiveToken>> passed) {
      front.tell(
          passed.value().map(this::active).orElse(Map.of("active", false)), request, response);
    } else {
      front.refuse(outcome.refusal(), read.claimedClient().orElse(""), request, response);
    }
  }

  private Map<String, Object> active(ActiveToken token) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("active", true);
    if (!token.scope().isEmpty()) {
      members.put("scope", token.scope().toString());
    }
    members.put("client_id", token.clientId());
    if (!token.subject().equals(token.clientId())) {
      members.put("username", token.subject());
    }
    // "Type of the token as defined in Section 5.1 of OAuth 2.0": a refresh token has none, and who
    // protects resources tells it by that.
    if (!token.isRefreshToken()) {
      members.put("token_type", "Bearer");
    }
    members.put("exp", clock.instant().plus(token.expiresIn()).getEpochSecond());
    members.put("sub", token.subject());
    issuer.ifPresent(identifier -> members.put("iss", identifier));
    return members;
  }
}
