package dev.postern.bench.spring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * One SHA-256, which is enough for a secret that is chance. Of the default, bcrypt, a request would
 * take a thousand times as long, and nothing else would be measured.
 */
final class Sha256Encoder implements PasswordEncoder {
  @Override
  public String encode(CharSequence password) {
    return HexFormat.of().formatHex(hash(password));
  }

  @Override
  public boolean matches(CharSequence password, String encoded) {
    return MessageDigest.isEqual(hash(password), HexFormat.of().parseHex(encoded));
  }

  private static byte[] hash(CharSequence password) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(password.toString().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
