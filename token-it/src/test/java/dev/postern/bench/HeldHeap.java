package dev.postern.bench;

import java.lang.ref.Reference;
import java.util.function.IntFunction;

/**
 * What a store takes for each token it holds: the heap that is used after a collection, before and
 * after a million were put in. Runs in a JVM of its own and prints the bytes of an access token and
 * of a family.
 */
final class HeldHeap {
  private static final int COUNT = 1_000_000;

  private HeldHeap() {}

  public static void main(String[] args) {
    HeldTokens.accessTokens(1_000);
    HeldTokens.families(1_000);
    System.out.println(
        bytesPerEntry(HeldTokens::accessTokens) + " " + bytesPerEntry(HeldTokens::families));
  }

  private static long bytesPerEntry(IntFunction<HeldTokens> store) {
    long before = used();
    HeldTokens held = store.apply(COUNT);
    try {
      return (used() - before) / COUNT;
    } finally {
      Reference.reachabilityFence(held);
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
