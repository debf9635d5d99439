package dev.postern.core.memory;

import dev.postern.core.Issuance;
import dev.postern.core.StoredAccessToken;
import dev.postern.core.TokenHash;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens of a {@link MemoryStore}. Times are in milliseconds since the epoch.
 * Thread-safe.
 */
final class AccessTokens {
  /** How many of the lowest bits of a hash choose the table. */
  static final int TABLE_BITS = 8;

  private static final int TABLES = 1 << TABLE_BITS;

  private final Room room;
  private final TokenTable[] tables = new TokenTable[TABLES];

  /** Grants that tokens were issued for lately. Races lose one at worst. */
  private final @Nullable AccessGrant[] recent = new @Nullable AccessGrant[TABLES];

  private final AtomicInteger hand = new AtomicInteger();

  AccessTokens(Room room) {
    this.room = room;
    for (int i = 0; i < TABLES; i++) {
      tables[i] = new TokenTable();
    }
  }

  Optional<StoredAccessToken> find(TokenHash token, long now) {
    return table(token).find(token, now);
  }

  /** Keeps the access token of this issuance, if it has one; {@code family} if it is of one. */
  void save(Issuance issuance, @Nullable Family family, long now) {
    if (issuance.accessToken().isPresent()) {
      Issuance.NewAccessToken token = issuance.accessToken().get();
      AccessGrant grant =
          shared(new AccessGrant(issuance.clientId(), issuance.subject(), token.scope(), family));
      table(token.hash()).put(token.hash(), grant, now + token.lifetime().toMillis());
    }
  }

  /**
   * Takes {@link #save} back. The room that it took is given back by who asked for it: what a
   * revocation gave back meanwhile is taken again, or it would count twice.
   */
  void undo(Issuance issuance) {
    if (issuance.accessToken().isPresent()) {
      Issuance.NewAccessToken token = issuance.accessToken().get();
      if (table(token.hash()).remove(token.hash()) == 0) {
        room.giveBack(-Room.weight(issuance.subject(), token.scope()));
      }
    }
  }

  void revoke(TokenHash token) {
    room.giveBack(table(token).remove(token));
  }

  /** Revokes all of this client, and all of this subject. */
  void revokeAll(String clientId, String subject) {
    for (TokenTable table : tables) {
      room.giveBack(table.removeIf(grant -> grant.isOf(clientId, subject)));
    }
  }

  /** Looks at so many places, and forgets those there that are dead. */
  void sweep(int places, long now) {
    room.giveBack(nextTable().sweep(places, now));
  }

  /** Forgets some that are dead, wherever they are; all that are, if they are few. */
  void sweepUntil(int weight, long now) {
    int freed = 0;
    for (int i = 0; i < TABLES && freed < weight; i++) {
      freed += nextTable().sweepAll(now);
    }
    room.giveBack(freed);
  }

  private TokenTable nextTable() {
    return tables[hand.getAndIncrement() & (TABLES - 1)];
  }

  private TokenTable table(TokenHash token) {
    return tables[token.hashCode() & (TABLES - 1)];
  }

  /** One that tokens have already, if it is the same: clients ask for the same again and again. */
  private AccessGrant shared(AccessGrant grant) {
    int place = grant.clientId().hashCode() & (TABLES - 1);
    AccessGrant before = recent[place];
    if (before != null && before.equals(grant)) {
      return before;
    }
    if (grant.family() == null) {
      recent[place] = grant;
    }
    return grant;
  }
}
