package dev.postern.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One attempt of a client to authenticate, as a {@link ClientAuthenticationMethod} sees it. Made
 * for one request and used by one thread.
 */
public final class ClientAttempt {
  private final ParsedRequest request;
  private final ClientRegistry clients;
  private final boolean isExhausted;
  private final Instant now;
  private Optional<IdAndSecret> matched = Optional.empty();

  ClientAttempt(ParsedRequest request, ClientRegistry clients, boolean isExhausted, Instant now) {
    this.request = request;
    this.clients = clients;
    this.isExhausted = isExhausted;
    this.now = now;
  }

  public ParsedRequest request() {
    return request;
  }

  /** The registered client, if there is one. */
  public Optional<Client> find(String clientId) {
    return clients.find(clientId);
  }

  /** The id and secret that were right, if any were tried and right. */
  Optional<IdAndSecret> matched() {
    return matched;
  }

  /**
   * Tries an id with a secret. The work done, and so the time taken, is the same whether the client
   * is unknown, has no secret, or the secret is wrong, expired or right.
   */
  public Outcome<Client> verify(IdAndSecret presented) {
    Optional<Client> found = clients.find(presented.id());
    List<ClientSecret> secrets = found.map(Client::secrets).orElse(List.of());
    List<ClientSecret> tried = secrets.isEmpty() ? clients.decoysFor(presented.id()) : secrets;
    if (isExhausted && tried.stream().anyMatch(secret -> secret.hash().isGuessable())) {
      return Outcome.refused(StandardReason.TOO_MANY_FAILURES);
    }

    boolean live = false;
    boolean expired = false;
    boolean written = false;
    for (ClientSecret secret : tried) {
      boolean matches = secret.hash().matches(presented.secret());
      live |= matches && secret.isLiveAt(now);
      expired |= matches && !secret.isLiveAt(now);
      written |= secret.hash().isWrittenAs(presented.secret());
    }

    if (found.isEmpty()) {
      return Outcome.refused(StandardReason.CLIENT_UNKNOWN);
    }
    if (secrets.isEmpty()) {
      return Outcome.refused(
          Refusal.of(StandardReason.METHOD_MISMATCH)
              .withDetail("sent a secret, registered " + found.get().authenticationMethod()));
    }
    if (live) {
      matched = Optional.of(presented);
      return Outcome.of(found.get());
    }
    if (expired) {
      return Outcome.refused(StandardReason.SECRET_EXPIRED);
    }
    return Outcome.refused(
        written ? StandardReason.HASH_PRESENTED : StandardReason.SECRET_MISMATCH);
  }
}
