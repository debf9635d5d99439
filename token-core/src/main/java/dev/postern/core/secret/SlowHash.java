package dev.postern.core.secret;

import dev.postern.core.Secret;
import dev.postern.core.SecretHash;
import dev.postern.core.Sha256;
import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A hash that is slow on purpose. Remembers the secret that matched last, as a digest under a key
 * of this process, so that a client pays once; and lets only so many be computed at once, so that a
 * flood of wrong secrets leaves room for everybody else. Thread-safe.
 */
final class SlowHash implements SecretHash {
  private static final byte[] PROCESS_KEY = new SecureRandom().generateSeed(32);
  private static final int PERMITS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private static final Semaphore AT_ONCE = new Semaphore(PERMITS);
  private static final int MAX_WAITING = 4 * PERMITS;
  private static final long MAX_WAIT_MILLIS = 2_000;

  private final String written;
  private final Predicate<Secret> slowly;
  private final boolean isWeak;
  private volatile byte @Nullable [] verified;

  /**
   * A hash that {@code slowly} compares with.
   *
   * @param isWeak whether it is not slow enough by today's measure
   */
  SlowHash(String written, boolean isWeak, Predicate<Secret> slowly) {
    this.written = written;
    this.isWeak = isWeak;
    this.slowly = slowly;
  }

  @Override
  public boolean isRemembered(Secret presented) {
    byte[] known = verified;
    return known != null && MessageDigest.isEqual(known, digest(presented));
  }

  @Override
  public boolean matches(Secret presented) {
    if (isRemembered(presented)) {
      return true;
    }
    boolean matches = compute(presented);
    if (matches) {
      verified = digest(presented);
    }
    return matches;
  }

  private boolean compute(Secret presented) {
    // Request threads are not to pile up here: beyond a few, who comes later is sent away at once.
    if (AT_ONCE.getQueueLength() >= MAX_WAITING) {
      throw new UnavailableException(
          StandardReason.TOO_BUSY, "too many slow hashes wait to be computed");
    }
    try {
      if (!AT_ONCE.tryAcquire(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new UnavailableException(
            StandardReason.TOO_BUSY, "no slow hash could be computed within 2 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(
          StandardReason.TOO_BUSY, "interrupted while waiting to compute a slow hash", e);
    }
    try {
      return slowly.test(presented);
    } finally {
      AT_ONCE.release();
    }
  }

  /** Keyed, and bound to this hash, so that it is worth nothing to who reads the memory later. */
  private byte[] digest(Secret presented) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.writeBytes(PROCESS_KEY);
    octets.writeBytes(Secret.of(written).utf8());
    octets.writeBytes(presented.utf8());
    return Sha256.of(octets.toByteArray());
  }

  @Override
  public boolean isGuessable() {
    return true;
  }

  @Override
  public boolean isWeak() {
    return isWeak;
  }

  @Override
  public boolean isWrittenAs(Secret presented) {
    return presented.matches(Secret.of(written));
  }

  @Override
  public String toString() {
    return "slow hash";
  }
}
