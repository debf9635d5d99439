package dev.postern.core.secret;

import dev.postern.core.Secret;
import dev.postern.core.SecretHash;
import dev.postern.core.SecretVerifier;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code $2a$}, {@code $2b$} and {@code $2y$}: bcrypt hashes that an older system left behind. They
 * are read; none is made.
 */
public final class BcryptSecrets implements SecretVerifier {
  private static final int MIN_COST = 8;
  private static final int MAX_COST = 14;

  /** The least that is recommended today. */
  private static final int FIT_COST = 10;

  /** bcrypt cuts a secret off here: what is longer would match others with the same beginning. */
  private static final int MAX_OCTETS = 72;

  private static final String ALPHABET =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final Pattern FORMAT =
      Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");

  public BcryptSecrets() {}

  @Override
  public Optional<SecretHash> read(String text) {
    if (!text.startsWith("$2")) {
      return Optional.empty();
    }
    Matcher parts = FORMAT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a bcrypt hash of version 2a, 2b or 2y");
    }
    int cost = Integer.parseInt(parts.group(1));
    if (cost < MIN_COST || cost > MAX_COST) {
      throw new IllegalArgumentException(
          "the cost has to be " + MIN_COST + " to " + MAX_COST + ", not " + cost);
    }
    byte[] salt = decode(parts.group(2), 16);
    byte[] expected = decode(parts.group(3), 23);
    return Optional.of(
        new SlowHash(text, cost < FIT_COST, presented -> matches(presented, cost, salt, expected)));
  }

  private static boolean matches(Secret presented, int cost, byte[] salt, byte[] expected) {
    byte[] secret = presented.utf8();
    if (secret.length > MAX_OCTETS || presented.reveal().indexOf('\0') >= 0) {
      return false;
    }
    // The NUL that ends a C string is part of the key, where it still fits.
    byte[] key = Arrays.copyOf(secret, Math.min(secret.length + 1, MAX_OCTETS));
    return MessageDigest.isEqual(expected, Arrays.copyOf(Bcrypt.hash(key, salt, cost), 23));
  }

  private static byte[] decode(String text, int octets) {
    byte[] decoded = new byte[octets];
    int bits = 0;
    int buffer = 0;
    int size = 0;
    for (int i = 0; i < text.length() && size < octets; i++) {
      buffer = buffer << 6 | ALPHABET.indexOf(text.charAt(i));
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        decoded[size++] = (byte) (buffer >> bits);
      }
    }
    return decoded;
  }
}
