package dev.postern.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/**
 * Lets clients in browsers read the answers (RFC 9700 s2.6), from the origins that are configured
 * and no other. Never with cookies: who has a token needs none. Thread-safe.
 */
final class Cors {
  /** What an endpoint allows. */
  static final String POST = "POST";

  /** What a resource of the application may allow; it says itself when it does not. */
  static final String ALL_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

  private final Set<String> origins;

  Cors(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /** Whether browser clients are served at all. */
  boolean isOn() {
    return !origins.isEmpty();
  }

  /** Adds what lets the browser hand the answer to its page. */
  void allow(HttpServletRequest request, HttpServletResponse response) {
    if (!isOn()) {
      return;
    }
    response.addHeader("Vary", "Origin");
    String origin = request.getHeader("Origin");
    if (origin != null && origins.contains(origin)) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Expose-Headers", "WWW-Authenticate, Retry-After");
    }
  }

  /** Whether this asks if a request may be sent. */
  boolean isPreflight(HttpServletRequest request) {
    return isOn()
        && request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  /** Adds the answer to that: yes, by one of {@code methods}. */
  void answerPreflight(String methods, HttpServletRequest request, HttpServletResponse response) {
    allow(request, response);
    if (origins.contains(request.getHeader("Origin"))) {
      response.setHeader("Access-Control-Allow-Methods", methods);
      response.setHeader(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, client-request-id, X-Correlation-ID, traceparent");
      response.setHeader("Access-Control-Max-Age", "600");
    }
  }
}
