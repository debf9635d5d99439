package dev.postern.core;

import java.util.Optional;

/**
 * Proof that a client authenticated, or as a public one identified itself: only {@link
 * ClientAuthenticator} makes it. Immutable.
 */
public final class AuthenticatedClient {
  private final Client client;
  private final ParsedRequest request;
  private final Optional<IdAndSecret> credentials;

  AuthenticatedClient(Client client, ParsedRequest request, Optional<IdAndSecret> credentials) {
    this.client = client;
    this.request = request;
    this.credentials = credentials;
  }

  public Client client() {
    return client;
  }

  public String id() {
    return client.id();
  }

  /** The request with which it did so. */
  public ParsedRequest request() {
    return request;
  }

  /** The reading of its id and secret that matched, if that is how it authenticated. */
  public Optional<IdAndSecret> credentials() {
    return credentials;
  }

  @Override
  public String toString() {
    return "AuthenticatedClient " + client.id();
  }
}
