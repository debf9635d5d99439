package dev.postern.bench;

import dev.postern.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** What nobody can do without to issue a token. Thread-safe. */
final class Primitives {
  private final SecureRandom random = new SecureRandom();
  private final byte[] text = BenchClient.SECRET.getBytes(StandardCharsets.UTF_8);

  /** SHA-256 of the 43 characters of a secret or a token. */
  byte[] hash() {
    return Sha256.of(text);
  }

  /** 256 bits of chance. */
  byte[] chance() {
    byte[] octets = new byte[32];
    random.nextBytes(octets);
    return octets;
  }

  /** A token: chance, as text. */
  String token() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(chance());
  }
}
