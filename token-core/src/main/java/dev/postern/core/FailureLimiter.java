package dev.postern.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Counts failed authentications by name (a client id, a user name) and source within a minute (RFC
 * 6749 s2.3.1). Takes 256 KiB whatever happens: names that fail often stay, names that failed once
 * make room for others. Thread-safe, without locks.
 */
public final class FailureLimiter {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_LIMIT = 60_000;

  /** A source may fail with so many times the failures of one name. */
  private static final int NAMES_PER_SOURCE = 10;

  /** Beyond the greatest limit no count matters. */
  private static final int COUNTED = MAX_LIMIT + 1;

  private static final int BUCKETS = 1 << 13;
  private static final int WAYS = 4;

  // A slot: 24 bits of the key's hash, 24 bits of the second in which its minute began, 16 of
  // count.
  private static final int TAG_SHIFT = 40;
  private static final int TIME_SHIFT = 16;
  private static final long TIME_MASK = 0xFFFFFF;
  private static final long COUNT_MASK = 0xFFFF;

  private final int limit;
  private final InstantSource clock;
  private final long seed;
  private final SharedFailures shared;
  private final AtomicLongArray slots = new AtomicLongArray(BUCKETS * WAYS);

  /**
   * Up to {@code limit} failures within a minute are answered as what they are; 0 turns the
   * counting off.
   *
   * @param limit 0 to 60,000
   * @param seed a number that callers cannot know, so that they cannot choose who shares a slot
   */
  public FailureLimiter(int limit, InstantSource clock, long seed) {
    this(limit, clock, seed, SharedFailures.NONE);
  }

  /** The same, counting together with other nodes. */
  public FailureLimiter(int limit, InstantSource clock, long seed, SharedFailures shared) {
    if (limit < 0 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit has to be 0 to 60000, not " + limit);
    }
    this.limit = limit;
    this.clock = clock;
    this.seed = seed;
    this.shared = shared;
  }

  /** The longest that a caller has to wait. */
  public Duration window() {
    return WINDOW;
  }

  /**
   * Whether what could be guessed has to wait: the name has used up its failures from this source
   * for now, or the source ten times as many with all names together, so that who makes names up is
   * not let off for it.
   */
  public boolean isExhausted(String name, String source) {
    return limit > 0
        && (hasReached(limit, key(name, source))
            || hasReached(sourceLimit(), key(source))
            || isReachedByAll(name, source));
  }

  /**
   * What {@code compare} says, unless there were too many failures. Its own counts before it is
   * known, so that of many guesses at once no more are compared than may fail; the other nodes hear
   * of it when it is one.
   *
   * @param failure the reason that is a failure; with any other outcome nothing has happened
   */
  public <T> Outcome<T> compare(
      String name, String source, Reason failure, Supplier<Outcome<T>> compare) {
    if (limit == 0) {
      return compare.get();
    }
    long ofName = counted(key(name, source), limit);
    long ofSource = counted(key(source), sourceLimit());
    boolean hasFailed = false;
    try {
      if (isReachedByAll(name, source)
          || count(ofName) > limit
          || count(ofSource) > sourceLimit()) {
        return Outcome.refused(StandardReason.TOO_MANY_FAILURES);
      }
      Outcome<T> compared = compare.get();
      hasFailed = compared.fold(value -> false, refusal -> refusal.reason() == failure);
      return compared;
    } finally {
      // In the minute in which it is known; that in which it began may be over.
      if (hasFailed) {
        count(name, source);
      }
      giveBack(key(name, source), ofName, limit);
      giveBack(key(source), ofSource, sourceLimit());
    }
  }

  private boolean isReachedByAll(String name, String source) {
    return shared.count(sharedKey(name, source)) >= limit
        || shared.count(sharedKey(source)) >= sourceLimit();
  }

  private int sourceLimit() {
    return Math.min(NAMES_PER_SOURCE * limit, MAX_LIMIT);
  }

  private boolean hasReached(int most, long key) {
    long now = clock.millis() / 1_000;
    for (int i = 0; i < WAYS; i++) {
      long slot = slots.get(base(key) + i);
      if (isKnown(key, slot, now)) {
        return count(slot) >= most;
      }
    }
    return false;
  }

  /** Counts a failure, and says whether it is one too many for this name. */
  public boolean count(String name, String source) {
    if (limit == 0) {
      return false;
    }
    counted(key(source), COUNTED);
    shared.add(sharedKey(source));
    long sharedKey = sharedKey(name, source);
    shared.add(sharedKey);
    return count(counted(key(name, source), COUNTED)) > limit || shared.count(sharedKey) > limit;
  }

  /**
   * One more, unless there are {@code most}; what its slot is with it. Counted in the key's own
   * slot, else in the first that is over, else in the one with the fewest failures.
   */
  private long counted(long key, long most) {
    long now = clock.millis() / 1_000;
    while (true) {
      int index = base(key);
      // What was looked at is what is replaced: else two who fail first would take a slot each.
      long before = slots.get(index);
      for (int i = 1; i < WAYS && !isKnown(key, before, now); i++) {
        long slot = slots.get(base(key) + i);
        if (isKnown(key, slot, now) || weight(slot, now) < weight(before, now)) {
          index = base(key) + i;
          before = slot;
        }
      }
      boolean known = isKnown(key, before, now);
      long start = known ? (before >>> TIME_SHIFT) & TIME_MASK : now & TIME_MASK;
      long count = known ? count(before) + 1 : 1;
      long after = tag(key) << TAG_SHIFT | start << TIME_SHIFT | count;
      if (count > most || slots.compareAndSet(index, before, after)) {
        return after;
      }
    }
  }

  /** One less of the minute in which it was {@code counted}: no other's failures go with it. */
  private void giveBack(long key, long counted, long most) {
    if (count(counted) > most) {
      // It was one too many, so it was not kept.
      return;
    }
    for (int i = 0; i < WAYS; i++) {
      slots.updateAndGet(
          base(key) + i,
          slot ->
              slot >>> TIME_SHIFT == counted >>> TIME_SHIFT && count(slot) > 0 ? slot - 1 : slot);
    }
  }

  private static long weight(long slot, long now) {
    return isLive(slot, now) ? count(slot) : 0;
  }

  private static boolean isKnown(long key, long slot, long now) {
    return slot >>> TAG_SHIFT == tag(key) && isLive(slot, now);
  }

  /** Where the clock was set back a little, a minute that begins later has just begun. */
  private static boolean isLive(long slot, long now) {
    // The difference of two numbers of 24 bits, with its sign.
    long age = (now - (slot >>> TIME_SHIFT)) << TAG_SHIFT >> TAG_SHIFT;
    return count(slot) > 0 && Math.abs(age) < WINDOW.toSeconds();
  }

  private static long count(long slot) {
    return slot & COUNT_MASK;
  }

  private static long tag(long key) {
    return key >>> TAG_SHIFT;
  }

  private static int base(long key) {
    return (int) (key & (BUCKETS - 1)) * WAYS;
  }

  /** The same on every node; nobody can find a text that has that of another. */
  private static long sharedKey(String... texts) {
    byte[] octets = String.join("\0", texts).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(Sha256.of(octets)).getLong();
  }

  private long key(String name, String source) {
    return KeyedHash.of(seed, name, source);
  }

  private long key(String source) {
    return KeyedHash.of(seed, source);
  }
}
