package dev.postern.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256. Thread-safe. */
public final class Sha256 {
  // MessageDigest.getInstance looks the provider up under a lock; a clone of a fresh digest does
  // not.
  private static final MessageDigest FRESH = fresh();

  private Sha256() {}

  /** The 32 octets of the digest of {@code input}. */
  public static byte[] of(byte[] input) {
    try {
      return ((MessageDigest) FRESH.clone()).digest(input);
    } catch (CloneNotSupportedException e) {
      return fresh().digest(input);
    }
  }

  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
