package dev.postern.core.testing;

import dev.postern.core.Secret;
import dev.postern.core.SecretHash;
import java.util.concurrent.atomic.AtomicInteger;

/** A hash that counts how often it is computed, and costs nothing. */
public final class CountedHash implements SecretHash {
  private final Secret secret;
  private final boolean guessable;
  private final AtomicInteger computed;

  private CountedHash(String secret, boolean guessable, AtomicInteger computed) {
    this.secret = Secret.of(secret);
    this.guessable = guessable;
    this.computed = computed;
  }

  /** The hash of a secret that was generated. */
  public static CountedHash generated(String secret, AtomicInteger computed) {
    return new CountedHash(secret, false, computed);
  }

  /** The hash of a secret that a person chose. */
  public static CountedHash chosen(String secret, AtomicInteger computed) {
    return new CountedHash(secret, true, computed);
  }

  /** The text in which it would stand in a file. */
  public String written() {
    return "$counted$" + secret.reveal();
  }

  @Override
  public boolean matches(Secret presented) {
    computed.incrementAndGet();
    return secret.matches(presented);
  }

  @Override
  public boolean isGuessable() {
    return guessable;
  }

  @Override
  public boolean isWrittenAs(Secret presented) {
    return presented.reveal().equals(written());
  }
}
