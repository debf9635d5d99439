package dev.postern.core;

import java.util.function.Function;

/**
 * The first two steps, which all endpoints for clients share: parse the request, then authenticate
 * the client. Thread-safe.
 */
final class ClientRequests {
  private final RequestParser parser;
  private final ClientAuthenticator authenticator;

  ClientRequests(RequestParser parser, ClientAuthenticator authenticator) {
    this.parser = parser;
    this.authenticator = authenticator;
  }

  /**
   * What {@code next} makes of the client that sent the request, or why it does not come so far.
   */
  <T> Outcome<T> admit(TokenRequest request, Function<AuthenticatedClient, Outcome<T>> next) {
    try {
      return parser.parse(request).then(authenticator::authenticate).then(next);
    } catch (UnavailableException e) {
      return Outcome.refused(e.refusal());
    }
  }
}
