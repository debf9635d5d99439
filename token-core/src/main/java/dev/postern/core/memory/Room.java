package dev.postern.core.memory;

import dev.postern.core.Scope;
import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much a store holds, of how much it may hold: one for each entry, and more for one that drags
 * long texts along. Thread-safe.
 */
final class Room {
  private static final int CHARACTERS_PER_UNIT = 100;

  private final int capacity;
  private final AtomicInteger taken = new AtomicInteger();

  Room(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity has to be at least 1, not " + capacity);
    }
    this.capacity = capacity;
  }

  /** What an entry with so many characters of text takes. */
  static int weight(int characters) {
    return 1 + characters / CHARACTERS_PER_UNIT;
  }

  /** What a token for this takes: as much when it is saved as when it is forgotten. */
  static int weight(String subject, Scope scope) {
    return weight(subject.length() + scope.toString().length());
  }

  /** Takes {@code weight}; when that is too much, has room made once. */
  void take(int weight, Runnable makeRoom) {
    if (taken.addAndGet(weight) <= capacity) {
      return;
    }
    makeRoom.run();
    if (taken.get() > capacity) {
      taken.addAndGet(-weight);
      throw new UnavailableException(
          StandardReason.STORE_FULL, "the memory store has no room left of its " + capacity);
    }
  }

  void giveBack(int weight) {
    taken.addAndGet(-weight);
  }

  int taken() {
    return taken.get();
  }
}
