package dev.postern.core;

import java.util.Collection;
import java.util.Optional;

/**
 * The introspection endpoint (RFC 7662), free of HTTP: tells clients that are registered for it
 * what a token means, whoever it was issued to. Thread-safe.
 */
public final class IntrospectionEndpoint {
  private final ClientRequests requests;
  private final PresentedTokens tokens;
  private final ClientRegistry clients;

  /**
   * An endpoint over {@code store}.
   *
   * @param parser the one that {@link #parser} makes
   */
  public IntrospectionEndpoint(
      ClientAuthenticator authenticator, RequestParser parser, TokenStore store) {
    this.requests = new ClientRequests(parser, authenticator);
    this.tokens = new PresentedTokens(store);
    this.clients = authenticator.clients();
  }

  /** What reads its requests, of clients that authenticate by one of {@code methods}. */
  public static RequestParser parser(Collection<? extends ClientAuthenticationMethod> methods) {
    return RequestParser.of(PresentedTokens.PARAMETERS, methods);
  }

  /**
   * What the token means; empty when it is not active, whatever the reason: "the authorization
   * server SHOULD NOT include any additional information about an inactive token, including why the
   * token is inactive" (s2.2).
   */
  public Outcome<Optional<ActiveToken>> handle(TokenRequest request) {
    return requests.admit(
        request,
        client ->
            allowed(client)
                .then(allowed -> tokens.find(allowed.request().parameters()))
                .then(found -> Outcome.of(found.flatMap(this::active))));
  }

  /** "the authorization server MUST perform all applicable checks against a token's state" (s4). */
  private Optional<ActiveToken> active(FoundToken token) {
    return token.active().filter(active -> clients.isEnabled(token.clientId()));
  }

  /** "the endpoint MUST also require some form of authorization" (s2.1). */
  private static Outcome<AuthenticatedClient> allowed(AuthenticatedClient client) {
    return client.client().isIntrospectionAllowed()
        ? Outcome.of(client)
        : Outcome.refused(StandardReason.INTROSPECTION_NOT_REGISTERED);
  }
}
