package dev.postern.it;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A client's verifier and its S256 challenge (RFC 7636 s4.1, s4.2), made without Postern's code.
 *
 * @param verifier what the client keeps until it redeems the code
 * @param challenge what it sends when it asks for the code
 */
public record Pkce(String verifier, String challenge) {
  /** The challenge of this verifier. */
  public static Pkce of(String verifier) {
    return new Pkce(verifier, base64Url(sha256(verifier)));
  }

  /** A new one. */
  public static Pkce random() {
    byte[] octets = new byte[32];
    new SecureRandom().nextBytes(octets);
    return of(base64Url(octets));
  }

  private static String base64Url(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
