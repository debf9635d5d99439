package dev.postern.core;

import java.util.Optional;

/**
 * Extension point: a format in which client secrets are hashed. Hashes describe themselves, say by
 * a prefix {@code $pbkdf2-sha256$}. Thread-safe.
 */
public interface SecretVerifier {

  /**
   * The hash that {@code text} is; empty when it is in another format.
   *
   * @throws IllegalArgumentException when it is in this format, but broken, too weak or too costly;
   *     the message says so and does not repeat it
   */
  Optional<SecretHash> read(String text);
}
