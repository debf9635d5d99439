package dev.postern.core;

/**
 * A stored hash of a client secret that a {@link SecretVerifier} has read. Thread-safe; prints
 * nothing of the hash.
 */
public interface SecretHash {

  /**
   * Whether this is the hash of {@code presented}; in a time that does not tell how near it was.
   */
  boolean matches(Secret presented);

  /**
   * Whether {@code presented} matched lately, so that it is known at no cost. {@code false} says
   * nothing.
   */
  default boolean isRemembered(Secret presented) {
    return false;
  }

  /**
   * Whether the secret behind it may have been chosen by a person, so that it could be guessed and
   * its hash is slow on purpose. Such secrets wait when a client has failed too often (RFC 6749
   * s2.3.1).
   */
  boolean isGuessable();

  /** Whether {@code presented} is this hash itself, in the form in which it is stored. */
  boolean isWrittenAs(Secret presented);

  /**
   * Whether it costs so little to compute that a secret which a person chose could be guessed from
   * it, if it were stolen.
   */
  default boolean isWeak() {
    return false;
  }
}
