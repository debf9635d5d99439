package dev.postern.core;

import java.util.Collection;

/**
 * The revocation endpoint (RFC 7009), free of HTTP: any client gives back its own tokens. An access
 * token is taken back alone, a refresh token with all of its family. Thread-safe.
 */
public final class RevocationEndpoint {
  private final ClientRequests requests;
  private final PresentedTokens tokens;
  private final TokenStore store;

  /**
   * An endpoint over {@code store}.
   *
   * @param parser the one that {@link #parser} makes
   */
  public RevocationEndpoint(
      ClientAuthenticator authenticator, RequestParser parser, TokenStore store) {
    this.requests = new ClientRequests(parser, authenticator);
    this.tokens = new PresentedTokens(store);
    this.store = store;
  }

  /** What reads its requests, of clients that authenticate by one of {@code methods}. */
  public static RequestParser parser(Collection<? extends ClientAuthenticationMethod> methods) {
    return RequestParser.of(PresentedTokens.PARAMETERS, methods);
  }

  /**
   * The client whose token is not good any more. One that was not known is as good as revoked:
   * "invalid tokens do not cause an error response" (s2.2).
   */
  public Outcome<AuthenticatedClient> handle(TokenRequest request) {
    return requests.admit(request, this::revoke);
  }

  private Outcome<AuthenticatedClient> revoke(AuthenticatedClient client) {
    return tokens
        .find(client.request().parameters())
        .then(
            found -> {
              // "verifies whether the token was issued to the client making the revocation request.
              // If this validation fails, the request is refused" (s2.1), and nothing changes.
              if (found.isPresent() && !found.get().clientId().equals(client.id())) {
                return Outcome.refused(
                    Refusal.of(StandardReason.TOKEN_OF_OTHER_CLIENT)
                        .withDetail("issued to " + found.get().clientId()));
              }
              found.map(FoundToken::revocation).ifPresent(store::revoke);
              return Outcome.of(client);
            });
  }
}
