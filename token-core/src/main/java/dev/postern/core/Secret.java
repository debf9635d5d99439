package dev.postern.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be seen: a client secret, a password, a code, a token. It prints as stars
 * and compares in constant time. Immutable.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself. Never for a log, an exception or a {@code toString}. */
  public String reveal() {
    return text;
  }

  /** The UTF-8 octets of the text; a new array each time. */
  public byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether both texts are the same, in a time that does not tell where they differ. */
  public boolean matches(Secret other) {
    return MessageDigest.isEqual(utf8(), other.utf8());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && matches(that);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
