package dev.postern.servlet.figures;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** How long answers took, in a fixed number of buckets. Thread-safe; counting allocates nothing. */
final class Latency {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int[] BOUNDS = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, Integer.MAX_VALUE
  };

  private final LongAdder[] counts = new LongAdder[BOUNDS.length];
  private final LongAdder nanos = new LongAdder();

  Latency() {
    for (int i = 0; i < BOUNDS.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Exactly as long as a bound is within it. */
  void add(long took) {
    int bucket = 0;
    while (took > (long) BOUNDS[bucket] * NANOS_PER_MILLI) {
      bucket++;
    }
    counts[bucket].increment();
    nanos.add(took);
  }

  /** How many there were of each bound, in milliseconds. */
  SortedMap<Integer, Long> byMillis() {
    SortedMap<Integer, Long> all = new TreeMap<>();
    for (int i = 0; i < BOUNDS.length; i++) {
      all.put(BOUNDS[i], counts[i].sum());
    }
    return all;
  }

  long count() {
    return Arrays.stream(counts).mapToLong(LongAdder::sum).sum();
  }

  double totalNanos() {
    return nanos.doubleValue();
  }
}
