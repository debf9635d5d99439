package dev.postern.core;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One attempt of a client to authenticate, as a {@link ClientAuthenticationMethod} sees it. Made
 * for one request and used by one thread.
 */
public final class ClientAttempt {
  private final ParsedRequest request;
  private final ClientRegistry clients;
  private final FailureLimiter failures;
  private final InstantSource clock;
  private Optional<IdAndSecret> matched = Optional.empty();
  private Optional<ClientSecret> matchedSecret = Optional.empty();

  ClientAttempt(
      ParsedRequest request, ClientRegistry clients, FailureLimiter failures, InstantSource clock) {
    this.request = request;
    this.clients = clients;
    this.failures = failures;
    this.clock = clock;
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

  /** The registered secret that it was. */
  Optional<ClientSecret> matchedSecret() {
    return matchedSecret;
  }

  /**
   * Tries an id with a secret, which may have more than one reading: what one of them does not
   * prove another may. Failing takes the same work, and so the same time, whether the client is
   * unknown, has no secret, or the secret is wrong or expired.
   */
  public Outcome<Client> verify(List<IdAndSecret> readings) {
    List<Optional<Client>> found = new ArrayList<>(readings.size());
    int hashes = 0;
    for (IdAndSecret reading : readings) {
      Optional<Client> client = clients.find(reading.id());
      found.add(client);
      hashes += client.map(registered -> registered.secrets().size()).orElse(0);
    }
    // Where there is a choice, a slow hash is computed only after all were asked what they
    // remember.
    if (readings.size() > 1 || hashes > 1) {
      for (int i = 0; i < readings.size(); i++) {
        if (found.get(i).isPresent() && isRemembered(readings.get(i), found.get(i).get())) {
          matched = Optional.of(readings.get(i));
          return Outcome.of(found.get(i).get());
        }
      }
    }
    Outcome<Client> told = Outcome.refused(StandardReason.CLIENT_UNKNOWN);
    String toldOf = "";
    for (int i = 0; i < readings.size(); i++) {
      Outcome<Client> verified = verify(readings.get(i), found.get(i));
      if (verified instanceof Outcome.Passed) {
        return verified;
      }
      // The operator wants to hear of the reading that named a client.
      if (isAboutUnknown(told) && !isAboutUnknown(verified)) {
        told = verified;
        toldOf = readings.get(i).id();
      }
    }
    return explained(told, toldOf, readings);
  }

  /**
   * The same refusal, or a nearer one. How many hashes are computed depends on what was presented
   * alone, for a client that is not known as for one that is, and slow ones never are.
   */
  private Outcome<Client> explained(
      Outcome<Client> told, String clientId, List<IdAndSecret> readings) {
    Optional<Refusal> near = Optional.empty();
    for (SecretNearMiss miss : SecretNearMiss.of(readings)) {
      String id = miss.meant().id();
      for (ClientSecret secret : tried(id, clients.find(id))) {
        if (!secret.hash().isGuessable()
            && secret.hash().matches(miss.meant().secret())
            && id.equals(clientId)) {
          near = near.or(() -> Optional.of(miss.refusal(isLive(secret))));
        }
      }
    }
    boolean isMismatch =
        told.fold(client -> false, refusal -> refusal.reason() == StandardReason.SECRET_MISMATCH);
    return isMismatch && near.isPresent() ? Outcome.refused(near.get()) : told;
  }

  /** The client's secrets, or those of another that stand in for them. */
  private List<ClientSecret> tried(String id, Optional<Client> found) {
    List<ClientSecret> secrets = found.map(Client::secrets).orElse(List.of());
    return secrets.isEmpty() ? clients.decoysFor(id) : secrets;
  }

  private static boolean isAboutUnknown(Outcome<Client> outcome) {
    return outcome.fold(
        client -> false, refusal -> refusal.reason() == StandardReason.CLIENT_UNKNOWN);
  }

  private boolean isRemembered(IdAndSecret reading, Client client) {
    for (ClientSecret secret : client.secrets()) {
      if (secret.hash().isRemembered(reading.secret()) && isLive(secret) && !isExhausted()) {
        matchedSecret = Optional.of(secret);
        return true;
      }
    }
    return false;
  }

  private static String retired(ClientSecret secret) {
    String since = secret.expiresAt().map(at -> "since " + at).orElse("");
    return secret.name().isEmpty() ? since : since + ", the one named " + secret.name();
  }

  private boolean isLive(ClientSecret secret) {
    return secret.expiresAt().isEmpty() || secret.isLiveAt(clock.instant());
  }

  /**
   * Asked for secrets only that could be guessed: all others need not wait. Nothing is reserved for
   * one that is being compared, as it is for a user's password: hashes of such secrets are slow and
   * only a few are computed at once, so who guesses in parallel gains next to nothing, while a
   * client that begins with many requests at once would keep itself out.
   */
  private boolean isExhausted() {
    return failures.isExhausted(request.claimedClient().orElse(""), request.source());
  }

  private Outcome<Client> verify(IdAndSecret presented, Optional<Client> found) {
    List<ClientSecret> secrets = found.map(Client::secrets).orElse(List.of());
    Optional<ClientSecret> live = Optional.empty();
    Optional<ClientSecret> expired = Optional.empty();
    boolean isHashItself = false;
    boolean isPutOff = false;
    for (ClientSecret secret : tried(presented.id(), found)) {
      // Guessing 256 bits is hopeless, so generated secrets need not wait: nobody can lock them
      // out.
      if (secret.hash().isGuessable() && isExhausted()) {
        isPutOff = true;
        continue;
      }
      boolean matches = secret.hash().matches(presented.secret());
      live = matches && isLive(secret) ? Optional.of(secret) : live;
      expired = matches && !isLive(secret) ? Optional.of(secret) : expired;
      isHashItself |= secret.hash().isWrittenAs(presented.secret());
    }

    if (live.isPresent() && found.isPresent() && !secrets.isEmpty()) {
      matched = Optional.of(presented);
      matchedSecret = live;
      return Outcome.of(found.get());
    }
    if (isPutOff) {
      return Outcome.refused(StandardReason.TOO_MANY_FAILURES);
    }
    if (found.isEmpty()) {
      return Outcome.refused(StandardReason.CLIENT_UNKNOWN);
    }
    if (secrets.isEmpty()) {
      return Outcome.refused(
          Refusal.of(StandardReason.METHOD_MISMATCH)
              .withDetail("sent a secret, registered " + found.get().authenticationMethod()));
    }
    if (expired.isPresent()) {
      return Outcome.refused(
          Refusal.of(StandardReason.SECRET_EXPIRED).withDetail(retired(expired.get())));
    }
    return Outcome.refused(
        isHashItself ? StandardReason.HASH_PRESENTED : StandardReason.SECRET_MISMATCH);
  }
}
