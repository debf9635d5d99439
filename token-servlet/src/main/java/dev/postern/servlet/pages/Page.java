package dev.postern.servlet.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * An answer to a browser.
 *
 * @param kind whether this is the page, or says in words why it is not
 * @param type the media type, without charset
 * @param language of the text; empty where it has none
 * @param text the whole of it
 */
public record Page(Kind kind, String type, String language, String text) {

  /** Whether a page is what was asked for. */
  public enum Kind {
    FOUND,
    MISSING,
    FORBIDDEN,
    REFUSED
  }

  static Page html(Kind kind, String language, Html html) {
    return new Page(kind, "text/html", language, html.toString());
  }

  static Page css(String text) {
    return new Page(Kind.FOUND, "text/css", "", text);
  }

  /** In UTF-8. */
  public byte[] octets() {
    return text.getBytes(UTF_8);
  }

  /** The entity tag (RFC 9110 s8.8.3): equal for equal octets only. */
  public String tag() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets());
      return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
