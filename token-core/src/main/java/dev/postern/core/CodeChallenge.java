package dev.postern.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * A PKCE challenge (RFC 7636 s4.2). One of method {@code plain} is kept as the S256 challenge of
 * the same verifier, so no verifier is ever stored. Immutable.
 */
public final class CodeChallenge {
  private final String s256;

  private CodeChallenge(String s256) {
    this.s256 = s256;
  }

  /**
   * A challenge of method {@code S256}: {@code BASE64URL-ENCODE(SHA256(ASCII(code_verifier)))}.
   *
   * @throws IllegalArgumentException when it is not base64url of 32 octets, so that no verifier
   *     could meet it
   */
  public static CodeChallenge s256(String challenge) {
    if (challenge.length() != 43 || !isBase64url(challenge)) {
      throw new IllegalArgumentException("an S256 code_challenge has 43 characters of base64url");
    }
    return new CodeChallenge(challenge);
  }

  /** In its one spelling: the last character leaves no bits over. */
  private static boolean isBase64url(String text) {
    try {
      return encode(Base64.getUrlDecoder().decode(text)).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * A challenge of method {@code plain}: the verifier itself.
   *
   * @throws IllegalArgumentException when it is not 43 to 128 unreserved characters
   */
  public static CodeChallenge plain(String challenge) {
    if (!isVerifier(challenge)) {
      throw new IllegalArgumentException(
          "a plain code_challenge has 43 to 128 unreserved characters");
    }
    return new CodeChallenge(transform(challenge));
  }

  /** Whether this challenge was made of {@code verifier} (RFC 7636 s4.6); in constant time. */
  public boolean isMetBy(String verifier) {
    return isWrittenAs(transform(verifier));
  }

  /** Whether {@code text} is the S256 challenge itself; in constant time. */
  public boolean isWrittenAs(String text) {
    return MessageDigest.isEqual(ascii(text), ascii(s256));
  }

  /** The S256 challenge, for a store to write down. */
  public String s256() {
    return s256;
  }

  /** {@code code-verifier = 43*128unreserved} (RFC 7636 s4.1); a challenge has the same grammar. */
  public static boolean isVerifier(String text) {
    return text.length() >= 43
        && text.length() <= 128
        && text.chars().allMatch(CodeChallenge::isUnreserved);
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static String transform(String verifier) {
    return encode(Sha256.of(ascii(verifier)));
  }

  private static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodeChallenge that && s256.equals(that.s256);
  }

  @Override
  public int hashCode() {
    return s256.hashCode();
  }

  @Override
  public String toString() {
    return "CodeChallenge";
  }
}
