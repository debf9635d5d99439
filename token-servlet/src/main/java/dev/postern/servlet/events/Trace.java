package dev.postern.servlet.events;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids by which a request is found again: ours, and the caller's own if it sent one that is fit
 * to be logged.
 *
 * @param traceId ours
 * @param correlationId the caller's ({@code client-request-id}, {@code X-Correlation-ID}, the
 *     trace-id of a W3C {@code traceparent}), or one of ours
 */
public record Trace(String traceId, String correlationId) {
  private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern TRACEPARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

  /** The ids of {@code request}. */
  public static Trace of(HttpServletRequest request) {
    return new Trace(
        newId(),
        fit(request.getHeader("client-request-id"))
            .or(() -> fit(request.getHeader("X-Correlation-ID")))
            .or(() -> traceId(request.getHeader("traceparent")))
            .orElseGet(Trace::newId));
  }

  private static Optional<String> fit(@Nullable String text) {
    return Optional.ofNullable(text).filter(id -> FIT.matcher(id).matches());
  }

  private static Optional<String> traceId(@Nullable String traceparent) {
    return Optional.ofNullable(traceparent)
        .map(TRACEPARENT::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1));
  }

  /** Nobody gains by guessing it, so it need not be costly. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
