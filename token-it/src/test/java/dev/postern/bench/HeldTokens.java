package dev.postern.bench;

import dev.postern.core.Issuance;
import dev.postern.core.Scope;
import dev.postern.core.SealedAnswer;
import dev.postern.core.Secret;
import dev.postern.core.StoredAccessToken;
import dev.postern.core.StoredRefreshToken;
import dev.postern.core.TokenHash;
import dev.postern.core.memory.MemoryStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * A memory store that holds so many access tokens or so many families. Their hashes are computed
 * from their numbers: nothing is remembered beside the store, so that only the store's own memory
 * is touched. Used by one thread.
 */
final class HeldTokens {
  private static final Duration ACCESS_LIFETIME = Duration.ofDays(7);
  private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);
  private static final Duration GRACE = Duration.ofMinutes(1);

  /** A prime, so that steps of it meet each once a round; large, so that no two are neighbours. */
  private static final long STRIDE = 2_654_435_761L;

  private static final int ANSWER_OCTETS = 190;

  private final TickingClock clock = new TickingClock(Duration.ofMillis(10));
  private final MemoryStore store = new MemoryStore(clock, 3_000_000);
  private final Scope scope = Scope.of(BenchClient.SCOPE);
  private final SealedAnswer answer = SealedAnswer.ofOctets(new byte[ANSWER_OCTETS]);
  private final int count;
  private int next;
  private int made;

  private HeldTokens(int count) {
    this.count = count;
  }

  /** A store with {@code count} access tokens. */
  static HeldTokens accessTokens(int count) {
    HeldTokens held = new HeldTokens(count);
    for (int i = 0; i < count; i++) {
      held.saveAccessToken(i);
    }
    return held;
  }

  /** A store with {@code count} families. */
  static HeldTokens families(int count) {
    HeldTokens held = new HeldTokens(count);
    for (int i = 0; i < count; i++) {
      held.saveFamily(i);
    }
    return held;
  }

  int size() {
    return store.size();
  }

  /** Hashes and finds an access token, each time another. */
  Optional<StoredAccessToken> find() {
    return store.findAccessToken(hash('a', number(next++), 0));
  }

  /** What of {@link #find} is not the store's: making a token to be looked for. */
  Secret make() {
    return token('a', number(made++), 0);
  }

  /**
   * Finds the refresh token of a family, each time another, and rotates it, with all the hashing
   * that a refresh does.
   */
  void rotate() {
    clock.tick();
    int round = next / count;
    int number = number(next++);
    TokenHash family = hash('f', number, 0);
    TokenHash token = hash('r', number, round);
    StoredRefreshToken found = store.findRefreshToken(family, token).orElseThrow();
    boolean isRotated =
        store.commit(
            new Issuance(
                BenchClient.ID,
                found.subject(),
                new Issuance.Spend.Rotation(
                    family, token, Optional.of(answer), GRACE, source(number)),
                Optional.empty(),
                Optional.of(refreshToken(number, round + 1))));
    if (!isRotated) {
      throw new IllegalStateException("a token was not rotated");
    }
  }

  /** A text of its own for each, as containers make it. */
  private static String source(int number) {
    return "192.0." + number % 100 + "." + number % 250;
  }

  /** What of {@link #rotate} is not the store's. */
  Secret makeThree() {
    int number = number(made++);
    token('f', number, 0);
    token('r', number, 0);
    return token('r', number, 1);
  }

  private int number(int step) {
    return Math.floorMod(step * STRIDE, count);
  }

  private void saveAccessToken(int number) {
    store.commit(
        new Issuance(
            BenchClient.ID,
            BenchClient.ID,
            new Issuance.Spend.Nothing(),
            Optional.of(new Issuance.NewAccessToken(hash('a', number, 0), scope, ACCESS_LIFETIME)),
            Optional.empty()));
  }

  private void saveFamily(int number) {
    store.commit(
        new Issuance(
            BenchClient.ID,
            "alice",
            new Issuance.Spend.Nothing(),
            Optional.empty(),
            Optional.of(refreshToken(number, 0))));
  }

  private Issuance.NewRefreshToken refreshToken(int family, int round) {
    return new Issuance.NewRefreshToken(
        hash('f', family, 0), hash('r', family, round), scope, REFRESH_LIFETIME, REFRESH_LIFETIME);
  }

  private static TokenHash hash(char kind, int number, int round) {
    return TokenHash.of(token(kind, number, round));
  }

  private static Secret token(char kind, int number, int round) {
    long seed = ((long) kind << 56) + ((long) round << 32) + number;
    ByteBuffer octets = ByteBuffer.allocate(32);
    for (int i = 0; i < 4; i++) {
      octets.putLong(mixed(seed + i * 0x9E3779B97F4A7C15L));
    }
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(octets.array()));
  }

  /** The finish of SplitMix64: as good as chance, and costs nanoseconds. */
  private static long mixed(long seed) {
    long z = seed;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
