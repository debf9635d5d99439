package dev.postern.servlet.request;

import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;

/**
 * Whether a request says in one way only how long its body is. Servers have to refuse the others
 * (RFC 9112 s6.3), and some read them in a way of their own, other than a proxy before them.
 */
final class Framing {
  /** No length of more digits is within any limit, and few fit into a long. */
  private static final int MOST_DIGITS = 18;

  private Framing() {}

  /**
   * Passes what has one length, or is chunked and nothing else. Costs nearly every request nothing.
   */
  static Outcome<HttpServletRequest> check(HttpServletRequest request) {
    Enumeration<String> lengths = request.getHeaders("Content-Length");
    String length = lengths.hasMoreElements() ? lengths.nextElement().strip() : "0";
    while (lengths.hasMoreElements()) {
      if (!lengths.nextElement().strip().equals(length)) {
        return Outcome.refused(
            Refusal.of(StandardReason.BODY_INCOMPLETE)
                .withDetail("Content-Length headers that differ"));
      }
    }
    if (!isNumber(length)) {
      return Outcome.refused(
          Refusal.of(StandardReason.BODY_INCOMPLETE)
              .withDetail("a Content-Length that is no number"));
    }
    if (length.length() > MOST_DIGITS) {
      return Outcome.refused(
          Refusal.of(StandardReason.BODY_TOO_LARGE)
              .withDetail("a Content-Length of more than " + MOST_DIGITS + " digits"));
    }
    return request.getHeader("Transfer-Encoding") == null || isChunkedOnly(request)
        ? Outcome.of(request)
        : Outcome.refused(
            Refusal.of(StandardReason.CONTENT_ENCODING_UNSUPPORTED)
                .withDetail("a Transfer-Encoding other than chunked"));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isChunkedOnly(HttpServletRequest request) {
    return HeaderLines.of(request, "Transfer-Encoding").stream()
        .allMatch(coding -> coding.strip().equalsIgnoreCase("chunked"));
  }
}
