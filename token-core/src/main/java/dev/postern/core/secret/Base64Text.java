package dev.postern.core.secret;

import java.util.Base64;

/** Base64url of a known length, without padding, in its one spelling. */
final class Base64Text {
  private Base64Text() {}

  static byte[] decode(String text, int octets) {
    byte[] decoded = decode(text);
    if (decoded.length != octets) {
      throw new IllegalArgumentException(
          "the hash has " + decoded.length + " octets where " + octets + " belong");
    }
    return decoded;
  }

  static byte[] decode(String text) {
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the hash is not base64url", e);
    }
    if (!encode(decoded).equals(text)) {
      throw new IllegalArgumentException("the hash is not base64url without padding");
    }
    return decoded;
  }

  static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
