package dev.postern.core.secret;

import dev.postern.core.SecretHash;
import dev.postern.core.SecretVerifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All formats in which secrets may be stored: ours and those of the application. Immutable. */
public final class SecretFormats {
  private final List<SecretVerifier> verifiers;

  /** Our formats, and these. */
  public SecretFormats(Collection<? extends SecretVerifier> more) {
    List<SecretVerifier> all =
        new ArrayList<>(List.of(new Sha256Secrets(), new Pbkdf2Secrets(), new BcryptSecrets()));
    all.addAll(more);
    this.verifiers = List.copyOf(all);
  }

  /**
   * The hash that {@code text} is.
   *
   * @throws IllegalArgumentException when no format knows it, or it is broken, too weak or too
   *     costly; the message does not repeat it
   */
  public SecretHash read(String text) {
    for (SecretVerifier verifier : verifiers) {
      Optional<SecretHash> hash = read(verifier, text);
      if (hash.isPresent()) {
        return hash.get();
      }
    }
    throw new IllegalArgumentException(
        "not a hash in a known format ($sha256$, $pbkdf2-sha256$, $2a$, $2b$, $2y$)");
  }

  private static Optional<SecretHash> read(SecretVerifier verifier, String text) {
    try {
      return Objects.requireNonNull(verifier.read(text));
    } catch (RuntimeException | LinkageError e) {
      // What it says beyond its contract might be anything, the hash too: NumberFormatException is
      // an IllegalArgumentException as well.
      if (e.getClass() == IllegalArgumentException.class) {
        throw e;
      }
      throw new IllegalArgumentException(
          verifier.getClass().getName() + " failed with " + e.getClass().getName());
    }
  }
}
