package dev.postern.bench;

import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * How much longer a store takes that holds 1,000,000 than one that holds 1,000, in percent: prints
 * it for a find and for a rotation. The two take turns, and the best turn of each counts, so that
 * what else the machine does falls on neither.
 */
final class StoreGrowth {
  private static final int TURNS = 30;
  private static final int CALLS = 100_000;

  private StoreGrowth() {}

  public static void main(String[] args) {
    System.out.println(
        percent(HeldTokens::accessTokens, HeldTokens::find)
            + " "
            + percent(HeldTokens::families, HeldTokens::rotate));
  }

  private static long percent(IntFunction<HeldTokens> filled, Consumer<HeldTokens> call) {
    HeldTokens few = filled.apply(1_000);
    HeldTokens many = filled.apply(1_000_000);
    long best = Long.MAX_VALUE;
    long bestOfMany = Long.MAX_VALUE;
    for (int i = 0; i < TURNS; i++) {
      best = Math.min(best, nanos(few, call));
      bestOfMany = Math.min(bestOfMany, nanos(many, call));
    }
    return 100 * bestOfMany / best;
  }

  private static long nanos(HeldTokens store, Consumer<HeldTokens> call) {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      call.accept(store);
    }
    return System.nanoTime() - start;
  }
}
