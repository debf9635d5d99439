package dev.postern.core;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes codes, tokens and secrets that cannot be guessed (RFC 6749 s10.10). Thread-safe. */
public final class RandomTokens {
  /**
   * "The probability of an attacker guessing generated tokens ... SHOULD be less than 2^(-160)."
   */
  private static final int OCTETS = 32;

  private final SecureRandom random;

  public RandomTokens(SecureRandom random) {
    this.random = random;
  }

  /** 256 bits of chance in 43 characters of base64url. */
  public Secret next() {
    return Secret.of(text(OCTETS));
  }

  /** {@code octets} octets of chance in base64url without padding. */
  public String text(int octets) {
    byte[] chance = new byte[octets];
    random.nextBytes(chance);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
  }
}
