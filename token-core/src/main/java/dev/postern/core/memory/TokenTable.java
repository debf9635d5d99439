package dev.postern.core.memory;

import dev.postern.core.StoredAccessToken;
import dev.postern.core.TokenHash;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Some of the access tokens: a hash table of open addressing. It is flat, so that the collector has
 * next to nothing to copy or to follow however many tokens there are: with an object for each, that
 * takes more of a server's time than all else which the store does. Times are in milliseconds since
 * the epoch. Guarded by itself.
 */
final class TokenTable {
  /** A slot holds the words of a hash, and when the token expires. */
  private static final int EXPIRY = TokenHash.WORDS;

  private static final int WIDTH = TokenHash.WORDS + 1;

  private static final int FEWEST_SLOTS = 8;

  private long[] slots = new long[FEWEST_SLOTS * WIDTH];
  private @Nullable AccessGrant[] grants = new @Nullable AccessGrant[FEWEST_SLOTS];
  private int size;
  private int hand;
  private long firstDeath = Long.MAX_VALUE;

  synchronized void put(TokenHash token, AccessGrant grant, long expiresAt) {
    if (3 * (size + 1) > 2 * grants.length) {
      resize(2 * grants.length);
    }
    int slot = slotOf(token);
    if (grants[slot] == null) {
      size++;
    }
    token.writeTo(slots, slot * WIDTH);
    slots[slot * WIDTH + EXPIRY] = expiresAt;
    grants[slot] = grant;
    firstDeath = Math.min(firstDeath, expiresAt);
  }

  synchronized Optional<StoredAccessToken> find(TokenHash token, long now) {
    int slot = slotOf(token);
    AccessGrant grant = grants[slot];
    long left = slots[slot * WIDTH + EXPIRY] - now;
    return grant == null || left <= 0 || grant.isRevoked()
        ? Optional.empty()
        : Optional.of(
            new StoredAccessToken(
                grant.clientId(), grant.subject(), grant.scope(), Duration.ofMillis(left)));
  }

  /** Removes a token; says what it weighed, 0 if it was not there. */
  synchronized int remove(TokenHash token) {
    int slot = slotOf(token);
    AccessGrant grant = grants[slot];
    return grant == null ? 0 : clear(slot, grant);
  }

  /** Removes the tokens of such grants; says what they weighed. */
  synchronized int removeIf(Predicate<AccessGrant> isGone) {
    int weight = 0;
    for (int slot = 0; slot < grants.length; slot++) {
      // What moves up into a slot that was cleared has its turn there.
      for (AccessGrant grant = grants[slot];
          grant != null && isGone.test(grant);
          grant = grants[slot]) {
        weight += clear(slot, grant);
      }
    }
    return weight;
  }

  /** Removes those that are dead among the next so many slots; says what they weighed. */
  synchronized int sweep(int atMost, long now) {
    int weight = 0;
    for (int i = 0; i < atMost && firstDeath <= now; i++) {
      AccessGrant grant = grants[hand];
      if (grant != null && slots[hand * WIDTH + EXPIRY] <= now) {
        weight += clear(hand, grant);
      } else {
        hand = after(hand);
      }
    }
    if (grants.length > FEWEST_SLOTS && 8 * size < grants.length) {
      resize(grants.length / 2);
    }
    return weight;
  }

  /** Removes all that are dead; says what they weighed. Takes no time when there are none. */
  synchronized int sweepAll(long now) {
    if (firstDeath > now) {
      return 0;
    }
    int weight = sweep(grants.length + size, now);
    firstDeath = Long.MAX_VALUE;
    for (int slot = 0; slot < grants.length; slot++) {
      if (grants[slot] != null) {
        firstDeath = Math.min(firstDeath, slots[slot * WIDTH + EXPIRY]);
      }
    }
    return weight;
  }

  /** Where this token is, or else where it would go. */
  private int slotOf(TokenHash token) {
    int slot = home(token.hashCode());
    while (grants[slot] != null && !token.isAt(slots, slot * WIDTH)) {
      slot = after(slot);
    }
    return slot;
  }

  /** The slot where the search for a token begins. */
  private int home(int hashCode) {
    return (hashCode >>> AccessTokens.TABLE_BITS) & (grants.length - 1);
  }

  private int after(int slot) {
    return (slot + 1) & (grants.length - 1);
  }

  /** Empties a slot; those behind it that had to give way move up, so that they are still found. */
  private int clear(int slot, AccessGrant grant) {
    int mask = grants.length - 1;
    int gap = slot;
    for (int next = after(gap); grants[next] != null; next = after(next)) {
      int home = home(TokenHash.hashCodeAt(slots, next * WIDTH));
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        move(next, gap);
        gap = next;
      }
    }
    grants[gap] = null;
    size--;
    return grant.weight();
  }

  private void resize(int count) {
    long[] oldSlots = slots;
    @Nullable AccessGrant[] oldGrants = grants;
    slots = new long[count * WIDTH];
    grants = new @Nullable AccessGrant[count];
    hand = 0;
    for (int from = 0; from < oldGrants.length; from++) {
      if (oldGrants[from] != null) {
        int to = home(TokenHash.hashCodeAt(oldSlots, from * WIDTH));
        while (grants[to] != null) {
          to = after(to);
        }
        System.arraycopy(oldSlots, from * WIDTH, slots, to * WIDTH, WIDTH);
        grants[to] = oldGrants[from];
      }
    }
  }

  private void move(int from, int to) {
    System.arraycopy(slots, from * WIDTH, slots, to * WIDTH, WIDTH);
    grants[to] = grants[from];
  }
}
