package dev.postern.servlet;

import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/**
 * Whether a request says in one way only how long its body is. Servers have to refuse the others
 * (RFC 9112 s6.3), and some read them in a way of their own, other than a proxy before them.
 */
final class Framing {
  /** No length of more digits is within any limit, and few fit into a long. */
  private static final int MOST_DIGITS = 18;

  private Framing() {}

  /** Passes what has one length, or is chunked and nothing else. */
  static Outcome<HttpServletRequest> check(HttpServletRequest request) {
    List<String> lengths = Collections.list(request.getHeaders("Content-Length"));
    if (lengths.stream().map(String::strip).distinct().count() > 1) {
      return Outcome.refused(
          Refusal.of(StandardReason.BODY_INCOMPLETE)
              .withDetail(lengths.size() + " Content-Length headers"));
    }
    if (lengths.stream().anyMatch(length -> length.strip().length() > MOST_DIGITS)) {
      return Outcome.refused(
          Refusal.of(StandardReason.BODY_TOO_LARGE)
              .withDetail("a Content-Length of more than " + MOST_DIGITS + " digits"));
    }
    for (String coding : Collections.list(request.getHeaders("Transfer-Encoding"))) {
      if (!coding.strip().equalsIgnoreCase("chunked")) {
        return Outcome.refused(
            Refusal.of(StandardReason.CONTENT_ENCODING_UNSUPPORTED)
                .withDetail("a Transfer-Encoding other than chunked"));
      }
    }
    return Outcome.of(request);
  }
}
