package dev.postern.servlet;

import dev.postern.core.TokenHash;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Good access tokens that were looked up a moment ago: a token that is revoked meanwhile passes for
 * as long as it is kept. Holds hashes only, and so many at most; the one that was not asked for
 * longest goes first. Thread-safe.
 */
final class TokenCache {
  /** At most some megabytes. */
  static final int MOST = 10_000;

  private final long lifetimeNanos;
  private final LongSupplier nanos;

  private final Map<TokenHash, Entry> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TokenHash, Entry> eldest) {
          return size() > MOST;
        }
      };

  /**
   * A cache.
   *
   * @param lifetime how long a token is kept; zero keeps none
   * @param nanos the steady clock of this machine
   */
  TokenCache(Duration lifetime, LongSupplier nanos) {
    this.lifetimeNanos = lifetime.toNanos();
    this.nanos = nanos;
  }

  /** Whose token it is, from here or by {@code lookup}. Only what is good is kept. */
  Optional<TokenPrincipal> find(TokenHash token, Supplier<Optional<Found>> lookup) {
    if (lifetimeNanos > 0) {
      Optional<TokenPrincipal> kept = kept(token);
      if (kept.isPresent()) {
        return kept;
      }
    }
    long askedAt = nanos.getAsLong();
    Optional<Found> found = lookup.get();
    if (lifetimeNanos > 0 && found.isPresent()) {
      long until = askedAt + Math.min(lifetimeNanos, found.get().expiresIn().toNanos());
      keep(token, new Entry(found.get().principal(), until));
    }
    return found.map(Found::principal);
  }

  private Optional<TokenPrincipal> kept(TokenHash token) {
    synchronized (entries) {
      Entry entry = entries.get(token);
      if (entry == null) {
        return Optional.empty();
      }
      if (nanos.getAsLong() - entry.until < 0) {
        return Optional.of(entry.principal);
      }
      entries.remove(token);
      return Optional.empty();
    }
  }

  private void keep(TokenHash token, Entry entry) {
    synchronized (entries) {
      entries.put(token, entry);
    }
  }

  /**
   * A token that is good.
   *
   * @param expiresIn what is left of its life
   */
  record Found(TokenPrincipal principal, Duration expiresIn) {}

  private record Entry(TokenPrincipal principal, long until) {}
}
