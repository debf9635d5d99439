package dev.postern.core.secret;

import dev.postern.core.Secret;
import dev.postern.core.SecretHash;
import dev.postern.core.SecretVerifier;
import dev.postern.core.Sha256;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * {@code $sha256$DIGEST}: for secrets of 256 bits of chance, such as ours. One round without salt
 * is enough for them, and costs microseconds. Never for a secret that a person chose.
 */
public final class Sha256Secrets implements SecretVerifier {
  private static final String PREFIX = "$sha256$";

  public Sha256Secrets() {}

  /** The hash of a generated secret, as it is stored. */
  public static String hash(Secret generated) {
    return PREFIX + Base64Text.encode(Sha256.of(generated.utf8()));
  }

  @Override
  public Optional<SecretHash> read(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return Optional.of(new Hash(text, Base64Text.decode(text.substring(PREFIX.length()), 32)));
  }

  private static final class Hash implements SecretHash {
    private final String written;
    private final byte[] digest;

    Hash(String written, byte[] digest) {
      this.written = written;
      this.digest = digest;
    }

    @Override
    public boolean matches(Secret presented) {
      return MessageDigest.isEqual(digest, Sha256.of(presented.utf8()));
    }

    @Override
    public boolean isGuessable() {
      return false;
    }

    @Override
    public boolean isWrittenAs(Secret presented) {
      return presented.matches(Secret.of(written));
    }

    @Override
    public String toString() {
      return "sha256";
    }
  }
}
