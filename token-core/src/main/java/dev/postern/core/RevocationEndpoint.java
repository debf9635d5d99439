package dev.postern.core;

import java.util.Collection;
import java.util.Optional;

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
   * The token is not good any more.
   *
   * @param client whose it was
   * @param isNews whether it was known, and not revoked before
   */
  public record Done(AuthenticatedClient client, boolean isNews) {}

  /**
   * Takes the token back. One that was not known is as good as revoked: "invalid tokens do not
   * cause an error response" (s2.2).
   */
  public Outcome<Done> handle(TokenRequest request) {
    return requests.admit(request, this::revoke);
  }

  private Outcome<Done> revoke(AuthenticatedClient client) {
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
              Optional<FoundToken> alive = found.filter(token -> !token.isRevoked());
              alive.map(FoundToken::revocation).ifPresent(store::revoke);
              return Outcome.of(new Done(client, alive.isPresent()));
            });
  }
}
