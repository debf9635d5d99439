package dev.postern.servlet;

import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import dev.postern.servlet.events.Trace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all answers for programs have in common: JSON that nobody stores, and the members of a
 * refusal. Thread-safe.
 */
final class JsonAnswers {
  private final Supplier<Json> json;
  private final ErrorUris errorUris;

  /**
   * Answers through {@code json}.
   *
   * @param errorUris where refusals are explained
   */
  JsonAnswers(Supplier<Json> json, ErrorUris errorUris) {
    this.json = json;
    this.errorUris = errorUris;
  }

  /** The members of a refusal: what the public is told, and the ids by which it is found again. */
  Map<String, Object> refusal(
      Refusal refusal, Instant now, Trace trace, HttpServletRequest request) {
    Reason face = refusal.reason().face();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", face.code().wire());
    body.put("error_description", refusal.description());
    errorUris.find(face, request).ifPresent(uri -> body.put("error_uri", uri));
    body.put("error_codes", List.of(face.number()));
    body.putAll(ids(now, trace));
    return body;
  }

  /** As in {@code 2026-01-31 23:59:59Z}. */
  private static String timestamp(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
  }

  /** The ids alone. */
  Map<String, Object> ids(Instant now, Trace trace) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("timestamp", timestamp(now));
    body.put("trace_id", trace.traceId());
    body.put("correlation_id", trace.correlationId());
    return body;
  }

  /** What everybody may know, in whichever origin, and keep for a while. */
  void writePublic(Map<String, Object> body, HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setHeader("Cache-Control", "public, max-age=300");
    response.setHeader("Access-Control-Allow-Origin", "*");
    write(body, response);
  }

  void write(int status, Map<String, Object> body, HttpServletResponse response)
      throws IOException {
    response.setStatus(status);
    forbidStoring(response);
    write(body, response);
  }

  private void write(Map<String, Object> body, HttpServletResponse response) throws IOException {
    byte[] octets = json.get().write(body);
    response.setContentType("application/json");
    response.setContentLength(octets.length);
    try {
      response.getOutputStream().write(octets);
    } catch (IllegalStateException e) {
      // Who forwarded to us or includes us has taken the writer.
      response.getWriter().write(new String(octets, StandardCharsets.UTF_8));
    }
  }

  /** A status without a body. */
  void writeEmpty(int status, HttpServletResponse response) {
    response.setStatus(status);
    forbidStoring(response);
    // A 204 has no length: "A server MUST NOT send a Content-Length header field" (RFC 9110 s8.6).
    if (status != HttpServletResponse.SC_NO_CONTENT) {
      response.setContentLength(0);
    }
  }

  /** "The authorization server MUST include the HTTP \"Cache-Control\" response header" (s5.1). */
  private static void forbidStoring(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Pragma", "no-cache");
  }
}
