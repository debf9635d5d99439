package dev.postern.servlet.request;

import dev.postern.core.Form;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Encodes {@code application/x-www-form-urlencoded} (RFC 6749 appendix B). */
public final class FormEncoder {
  private FormEncoder() {}

  /** A name or a value that decodes to {@code text}. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The octets of a body that decodes to this form. */
  public static byte[] encode(Form form) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < form.size(); i++) {
      body.append(i == 0 ? "" : "&")
          .append(encode(form.name(i)))
          .append('=')
          .append(encode(form.value(i)));
    }
    return body.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
