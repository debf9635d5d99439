package dev.postern.core.secret;

import dev.postern.core.Secret;
import dev.postern.core.SecretHash;
import dev.postern.core.SecretVerifier;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** {@code $pbkdf2-sha256$i=ITERATIONS$SALT$HASH}: for secrets that a person chose (RFC 8018). */
public final class Pbkdf2Secrets implements SecretVerifier {
  /** Fewer are guessed too fast; more would let anybody keep this server busy. */
  private static final int MIN_ITERATIONS = 100_000;

  private static final int MAX_ITERATIONS = 2_000_000;

  /** What is recommended today. */
  private static final int FIT_ITERATIONS = 600_000;

  private static final int MIN_SALT_OCTETS = 16;
  private static final int HASH_OCTETS = 32;

  private static final String PREFIX = "$pbkdf2-sha256$";
  private static final Pattern FORMAT =
      Pattern.compile("\\$pbkdf2-sha256\\$i=([1-9][0-9]{0,9})\\$([^$]+)\\$([^$]+)");

  public Pbkdf2Secrets() {}

  /** The hash of a secret, as it is stored, with 600,000 iterations. */
  public static String hash(Secret chosen, SecureRandom random) {
    byte[] salt = new byte[MIN_SALT_OCTETS];
    random.nextBytes(salt);
    int iterations = FIT_ITERATIONS;
    return PREFIX
        + "i="
        + iterations
        + "$"
        + Base64Text.encode(salt)
        + "$"
        + Base64Text.encode(derive(chosen, salt, iterations));
  }

  @Override
  public Optional<SecretHash> read(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Matcher parts = FORMAT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not of the form $pbkdf2-sha256$i=N$SALT$HASH");
    }
    long iterations = Long.parseLong(parts.group(1));
    if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
      throw new IllegalArgumentException(
          "i has to be " + MIN_ITERATIONS + " to " + MAX_ITERATIONS + ", not " + iterations);
    }
    byte[] salt = Base64Text.decode(parts.group(2));
    if (salt.length < MIN_SALT_OCTETS) {
      throw new IllegalArgumentException("the salt has fewer than 16 octets");
    }
    byte[] expected = Base64Text.decode(parts.group(3), HASH_OCTETS);
    return Optional.of(
        new SlowHash(
            text,
            iterations < FIT_ITERATIONS,
            presented ->
                MessageDigest.isEqual(expected, derive(presented, salt, (int) iterations))));
  }

  private static byte[] derive(Secret secret, byte[] salt, int iterations) {
    PBEKeySpec spec =
        new PBEKeySpec(secret.reveal().toCharArray(), salt, iterations, HASH_OCTETS * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }
}
