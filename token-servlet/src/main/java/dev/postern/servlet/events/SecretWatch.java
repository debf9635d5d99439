package dev.postern.servlet.events;

import dev.postern.core.AuthenticatedClient;
import dev.postern.core.ClientSecret;
import dev.postern.core.TokenListener.SecretNearExpiryEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices that a secret which is still in use expires soon; of each once a day. Remembers only
 * secrets of clients that authenticated. Thread-safe.
 */
public final class SecretWatch {
  /** From when on it is told. */
  public static final Duration NEAR = Duration.ofDays(14);

  private static final Duration DAY = Duration.ofDays(1);

  private final InstantSource clock;
  private final Map<Key, Instant> told = new ConcurrentHashMap<>();

  public SecretWatch(InstantSource clock) {
    this.clock = clock;
  }

  /** What there is to tell of the secret that this client has just used. */
  Optional<SecretNearExpiryEvent> look(AuthenticatedClient client) {
    Optional<ClientSecret> secret = client.secret();
    if (secret.isEmpty() || secret.get().expiresAt().isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Instant expiresAt = secret.get().expiresAt().get();
    if (now.isBefore(expiresAt.minus(NEAR)) || !isDue(new Key(client.id(), expiresAt), now)) {
      return Optional.empty();
    }
    return Optional.of(new SecretNearExpiryEvent(now, client.id(), secret.get().name(), expiresAt));
  }

  /** Of two threads that ask at once one is told so. */
  private boolean isDue(Key key, Instant now) {
    Instant before = told.get(key);
    if (before != null && now.isBefore(before.plus(DAY))) {
      return false;
    }
    told.values().removeIf(at -> !now.isBefore(at.plus(DAY)));
    return told.putIfAbsent(key, now) == null;
  }

  private record Key(String clientId, Instant expiresAt) {}
}
