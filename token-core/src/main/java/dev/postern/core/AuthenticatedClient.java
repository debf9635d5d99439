package dev.postern.core;

/**
 * Proof that a client authenticated, or as a public one identified itself: only {@link
 * ClientAuthenticator} makes it. Immutable.
 */
public final class AuthenticatedClient {
  private final Client client;
  private final ParsedRequest request;

  AuthenticatedClient(Client client, ParsedRequest request) {
    this.client = client;
    this.request = request;
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

  @Override
  public String toString() {
    return "AuthenticatedClient " + client.id();
  }
}
