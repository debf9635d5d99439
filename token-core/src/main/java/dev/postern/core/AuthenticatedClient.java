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
  private final Optional<ClientSecret> secret;

  AuthenticatedClient(
      Client client,
      ParsedRequest request,
      Optional<IdAndSecret> credentials,
      Optional<ClientSecret> secret) {
    this.client = client;
    this.request = request;
    this.credentials = credentials;
    this.secret = secret;
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

  /** Which of its registered secrets that was. */
  public Optional<ClientSecret> secret() {
    return secret;
  }

  @Override
  public String toString() {
    return "AuthenticatedClient " + client.id();
  }
}
