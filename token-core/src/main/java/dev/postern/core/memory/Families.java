package dev.postern.core.memory;

import dev.postern.core.Issuance;
import dev.postern.core.TokenHash;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * The refresh token families of a {@link MemoryStore}. Times are in milliseconds since the epoch.
 * Thread-safe.
 */
final class Families {
  private final Room room;
  private final ConcurrentMap<TokenHash, Family> entries = new ConcurrentHashMap<>();
  private final ExpiryQueue<TokenHash> forgetting = new ExpiryQueue<>(300_000);
  private final ExpiryQueue<Family> answers = new ExpiryQueue<>(1_000);

  Families(Room room) {
    this.room = room;
  }

  Optional<Family> find(TokenHash hash) {
    return Optional.ofNullable(entries.get(hash));
  }

  /**
   * A new family of this grant; it is there if there is a refresh token by which to find it. To be
   * followed by {@link #keep} or {@link #undo}.
   */
  Family begin(Issuance issuance, long now) {
    if (issuance.refreshToken().isEmpty()) {
      return Family.withoutRefreshToken(issuance, now);
    }
    Issuance.NewRefreshToken token = issuance.refreshToken().get();
    Family family = Family.of(issuance, token, now);
    entries.put(token.family(), family);
    return family;
  }

  /** What was begun stays until it is over. */
  void keep(Issuance issuance, Family family) {
    issuance
        .refreshToken()
        .ifPresent(
            token ->
                forgetting.add(token.family(), family.isOverAt() + MemoryStore.KEEP_DEAD_MILLIS));
  }

  /** Takes {@link #begin} back. */
  void undo(Issuance issuance) {
    issuance.refreshToken().ifPresent(token -> entries.remove(token.family()));
  }

  /** Puts the new token in the place of the spent one, if that is the current one and alive. */
  boolean rotate(Family family, Issuance.Spend.Rotation spent, Issuance issuance, long now) {
    boolean isRotated = family.rotate(spent, issuance, now);
    if (isRotated) {
      answers.add(family, now + spent.grace().toMillis());
    }
    return isRotated;
  }

  void forEach(Consumer<Family> each) {
    entries.values().forEach(each);
  }

  void sweep(int atMost, long now) {
    forgetting.drain(atMost, now, hash -> forget(hash, now));
    answers.drain(atMost, now, family -> family.forgetAnswer(now));
  }

  private void forget(TokenHash hash, long now) {
    Family family = entries.get(hash);
    if (family == null) {
      return;
    }
    long at = family.isOverAt() + MemoryStore.KEEP_DEAD_MILLIS;
    if (at > now) {
      forgetting.add(hash, at);
    } else if (entries.remove(hash, family)) {
      room.giveBack(family.weight());
    }
  }
}
