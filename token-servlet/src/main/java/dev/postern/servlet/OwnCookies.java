package dev.postern.servlet;

import dev.postern.core.ConsentProof;
import dev.postern.core.Secret;
import dev.postern.servlet.request.Transport;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * The cookies of the authorization endpoint: not the application's session, which is none of our
 * business. Each holds 43 characters of base64url. Thread-safe.
 */
final class OwnCookies {
  /** With it no other host of the same site can set the cookie (RFC 6265bis s4.1.3.2). */
  private static final String OF_THIS_HOST = "__Host-";

  private final Transport transport;

  OwnCookies(Transport transport) {
    this.transport = transport;
  }

  /** What the browser has sent under this name, if it can be ours. */
  Optional<Secret> find(String name, HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    String full = prefix(request) + name;
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(full) && ConsentProof.isKey(cookie.getValue())) {
          return Optional.of(Secret.of(cookie.getValue()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Has the browser keep a cookie. Lax, not Strict: a browser that comes from the client's site has
   * to show what it has, or a second window would make the page in the first one worthless. Neither
   * goes along with a form that another site posts.
   *
   * @param lifetime {@code ; Max-Age=} and seconds; empty when it ends with the browser
   */
  void set(
      String name,
      String value,
      String lifetime,
      HttpServletRequest request,
      HttpServletResponse response) {
    String secure = transport.isHttps(request) ? "; Secure" : "";
    response.addHeader(
        "Set-Cookie",
        prefix(request)
            + name
            + "="
            + value
            + "; Path=/"
            + lifetime
            + secure
            + "; HttpOnly; SameSite=Lax");
  }

  private String prefix(HttpServletRequest request) {
    return transport.isHttps(request) ? OF_THIS_HOST : "";
  }
}
