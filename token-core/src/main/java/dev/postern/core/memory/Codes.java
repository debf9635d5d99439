package dev.postern.core.memory;

import dev.postern.core.CodeGrant;
import dev.postern.core.TokenHash;
import dev.postern.core.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The codes of a {@link MemoryStore}. Times are in milliseconds since the epoch. Thread-safe. */
final class Codes {
  private final Room room;
  private final Outstanding outstanding = new Outstanding();
  private final ConcurrentMap<TokenHash, CodeEntry> entries = new ConcurrentHashMap<>();
  private final ExpiryQueue<TokenHash> forgetting = new ExpiryQueue<>(5_000);
  private final ExpiryQueue<CodeEntry> life = new ExpiryQueue<>(1_000);

  Codes(Room room) {
    this.room = room;
  }

  /**
   * Keeps a code.
   *
   * @param reserve takes room for it, or throws
   */
  void save(TokenHash code, CodeGrant grant, Duration lifetime, long now, IntConsumer reserve) {
    long expiresAt = now + lifetime.toMillis();
    CodeEntry entry = new CodeEntry(grant, expiresAt);
    outstanding.take(grant.subject(), () -> settleExpired(Integer.MAX_VALUE, now));
    try {
      reserve.accept(entry.weight());
    } catch (UnavailableException e) {
      outstanding.giveBack(grant.subject());
      throw e;
    }
    entries.put(code, entry);
    life.add(entry, expiresAt);
    forgetting.add(code, expiresAt + MemoryStore.KEEP_DEAD_MILLIS);
  }

  Optional<CodeEntry> find(TokenHash code) {
    return Optional.ofNullable(entries.get(code));
  }

  /** Spends the code for {@code family}, if it is alive. */
  boolean spend(CodeEntry code, Family family, long now) {
    boolean isSpent = code.spend(family, now);
    if (isSpent) {
      settle(code);
    }
    return isSpent;
  }

  void revoke(CodeEntry code) {
    code.revoke();
    settle(code);
  }

  void forEach(Consumer<CodeEntry> each) {
    entries.values().forEach(each);
  }

  void sweep(int atMost, long now) {
    settleExpired(atMost, now);
    forgetting.drain(atMost, now, code -> forget(code, now));
  }

  private void settleExpired(int atMost, long now) {
    life.drain(atMost, now, this::settle);
  }

  /** Whoever is redeemed, revoked or expired counts as outstanding no longer. */
  private void settle(CodeEntry code) {
    if (code.settle()) {
      outstanding.giveBack(code.subject());
    }
  }

  private void forget(TokenHash code, long now) {
    CodeEntry entry = entries.get(code);
    if (entry == null) {
      return;
    }
    long at = entry.forgettableAt() + MemoryStore.KEEP_DEAD_MILLIS;
    if (at > now) {
      forgetting.add(code, at);
    } else if (entries.remove(code, entry)) {
      room.giveBack(entry.weight());
    }
  }
}
