package dev.postern.core;

import java.util.Optional;

/**
 * A request that a grant may decide on: the client is authenticated and registered for the grant
 * type, required parameters are there, the scope is well-formed. Only {@link GrantTypes} makes one.
 */
public final class GrantRequest {
  private final AuthenticatedClient client;
  private final String grantType;
  private final Optional<Scope> requestedScope;

  GrantRequest(AuthenticatedClient client, String grantType, Optional<Scope> requestedScope) {
    this.client = client;
    this.grantType = grantType;
    this.requestedScope = requestedScope;
  }

  public AuthenticatedClient client() {
    return client;
  }

  public Parameters parameters() {
    return client.request().parameters();
  }

  /** What the container can do for this request. */
  public ResourceOwners resourceOwners() {
    return client.request().resourceOwners();
  }

  /** Who asks, as failures are counted. */
  public String source() {
    return client.request().source();
  }

  /** The scope that the request names; empty when it names none or the grant takes none. */
  public Optional<Scope> requestedScope() {
    return requestedScope;
  }

  /**
   * The scope to issue out of what is {@code allowed}: all of it when the request names none, else
   * what it names (RFC 6749 s3.3). What the client's registration says to ignore is ignored.
   */
  public Outcome<Scope> scopeWithin(Scope allowed) {
    return client.client().scopeWithin(allowed, requestedScope.orElse(Scope.EMPTY));
  }

  /** The grant type, which is known and for which the client is registered. */
  public String grantType() {
    return grantType;
  }

  @Override
  public String toString() {
    return "GrantRequest of " + client;
  }
}
