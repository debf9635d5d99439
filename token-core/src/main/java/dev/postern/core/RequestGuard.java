package dev.postern.core;

import java.util.Collection;

/**
 * The first steps of {@link TokenEndpoint} for an endpoint that somebody else wrote: parse,
 * authenticate the client, see that the grant type is allowed and complete. A grant type that it
 * does not know may pass for clients that are registered for it: the endpoint will know. Needs no
 * store. Thread-safe.
 */
public final class RequestGuard {
  private final ClientRequests requests;
  private final GrantTypes grantTypes;

  public RequestGuard(
      ClientAuthenticator authenticator,
      RequestParser parser,
      Collection<? extends GrantType> grantTypes) {
    this.requests = new ClientRequests(parser, authenticator);
    this.grantTypes = GrantTypes.atLeast(grantTypes);
  }

  /** The client, if its request may reach the endpoint. */
  public Outcome<AuthenticatedClient> check(TokenRequest request) {
    return requests.admit(
        request, client -> grantTypes.admit(client).then(admitted -> Outcome.of(client)));
  }
}
