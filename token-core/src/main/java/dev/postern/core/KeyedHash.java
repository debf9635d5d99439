package dev.postern.core;

/**
 * Spreads names over slots in a way that who chooses the names cannot foresee: which share a slot
 * depends on a number that only this process knows. Not a cryptographic hash.
 */
public final class KeyedHash {
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private KeyedHash() {}

  /** 64 bits of {@code texts} under {@code key}; {@code ("ab", "c")} is not {@code ("a", "bc")}. */
  public static long of(long key, String... texts) {
    long hash = key;
    for (String text : texts) {
      for (int i = 0; i < text.length(); i++) {
        hash = mixed(hash ^ text.charAt(i));
      }
      hash = mixed(hash ^ 0x10000);
    }
    return mixed(hash ^ key);
  }

  /** High bits reach low ones, so that no two texts meet under every key. */
  private static long mixed(long bits) {
    long product = bits * ODD;
    return product ^ (product >>> 32);
  }
}
