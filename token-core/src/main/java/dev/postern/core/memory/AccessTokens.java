package dev.postern.core.memory;

import dev.postern.core.Issuance;
import dev.postern.core.TokenHash;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens of a {@link MemoryStore}. Times are in milliseconds since the epoch.
 * Thread-safe.
 */
final class AccessTokens {
  private final Room room;
  private final ConcurrentMap<TokenHash, AccessEntry> entries = new ConcurrentHashMap<>();
  private final ExpiryQueue<TokenHash> forgetting = new ExpiryQueue<>(5_000);

  AccessTokens(Room room) {
    this.room = room;
  }

  Optional<AccessEntry> find(TokenHash token) {
    return Optional.ofNullable(entries.get(token));
  }

  /** Keeps the access token of this issuance, if it has one; {@code family} if it is of one. */
  void save(Issuance issuance, @Nullable Family family, long now) {
    issuance
        .accessToken()
        .ifPresent(
            token -> {
              long expiresAt = now + token.lifetime().toMillis();
              entries.put(
                  token.hash(),
                  new AccessEntry(
                      issuance.clientId(), issuance.subject(), token.scope(), family, expiresAt));
              forgetting.add(token.hash(), expiresAt);
            });
  }

  /** Takes {@link #save} back. */
  void undo(Issuance issuance) {
    issuance.accessToken().ifPresent(token -> entries.remove(token.hash()));
  }

  void forEach(Consumer<AccessEntry> each) {
    entries.values().forEach(each);
  }

  void sweep(int atMost, long now) {
    forgetting.drain(
        atMost,
        now,
        token -> {
          AccessEntry entry = entries.remove(token);
          if (entry != null) {
            room.giveBack(entry.weight());
          }
        });
  }
}
