package dev.postern.bench;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * How much longer a store takes that holds 1,000,000 than one that holds 1,000, in percent: prints
 * it for a find and for a rotation. There are a thousand of the small ones and each call goes to
 * another, so that both sides have the same memory to run through and what is left is the store's
 * own growth, not that of the processor's cache misses. The two sides take turns, and the best turn
 * of each counts.
 */
final class StoreGrowth {
  private static final int STORES = 1_000;
  private static final int TURNS = 20;
  private static final int CALLS = 100_000;

  private StoreGrowth() {}

  public static void main(String[] args) {
    System.out.println(
        percent(HeldTokens::accessTokens, HeldTokens::find, HeldTokens::make)
            + " "
            + percent(HeldTokens::families, HeldTokens::rotate, HeldTokens::makeThree));
  }

  /** How much longer {@code call} takes, without what of it is only {@code making}. */
  private static long percent(
      IntFunction<HeldTokens> filled, Consumer<HeldTokens> call, Consumer<HeldTokens> making) {
    List<HeldTokens> small = Stream.generate(() -> filled.apply(1_000)).limit(STORES).toList();
    List<HeldTokens> large = List.of(filled.apply(1_000_000));
    long best = Long.MAX_VALUE;
    long bestOfLarge = Long.MAX_VALUE;
    long bestOfMaking = Long.MAX_VALUE;
    for (int i = 0; i < TURNS; i++) {
      best = Math.min(best, nanos(small, call));
      bestOfLarge = Math.min(bestOfLarge, nanos(large, call));
      bestOfMaking = Math.min(bestOfMaking, nanos(large, making));
    }
    return 100 * (bestOfLarge - bestOfMaking) / (best - bestOfMaking);
  }

  private static long nanos(List<HeldTokens> stores, Consumer<HeldTokens> call) {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      call.accept(stores.get(i % stores.size()));
    }
    return System.nanoTime() - start;
  }
}
