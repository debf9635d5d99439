package dev.postern.servlet;

import dev.postern.core.Secret;
import dev.postern.core.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Has a user log in once more for one request ({@code prompt=login}): logs out, and notes in a
 * cookie for which request, so that it is known when the browser comes back. Thread-safe.
 */
final class FreshLogin {
  private static final String COOKIE = "postern-login";
  private static final String TEN_MINUTES = "; Max-Age=600";
  private static final String OVER = "; Max-Age=0";

  private final OwnCookies cookies;

  FreshLogin(OwnCookies cookies) {
    this.cookies = cookies;
  }

  /** Whether who is logged in was made to log in for this request. */
  boolean isDone(Map<String, String> parameters, HttpServletRequest request) {
    Secret mark = Secret.of(mark(parameters));
    return cookies.find(COOKIE, request).filter(mark::matches).isPresent();
  }

  /** Makes the user log in; {@code false} if the container cannot do that. */
  boolean begin(
      Map<String, String> parameters, HttpServletRequest request, HttpServletResponse response) {
    if (!ContainerUser.logout(request)) {
      return false;
    }
    cookies.set(COOKIE, mark(parameters), TEN_MINUTES, request, response);
    return true;
  }

  /** The request was answered: the next one with {@code prompt=login} means another login. */
  void end(HttpServletRequest request, HttpServletResponse response) {
    if (cookies.find(COOKIE, request).isPresent()) {
      cookies.set(COOKIE, "", OVER, request, response);
    }
  }

  /** Whoever reads the page in another language has still logged in for the same request. */
  private static String mark(Map<String, String> parameters) {
    Map<String, String> asked = new LinkedHashMap<>(parameters);
    asked.remove("ui_locales");
    byte[] octets = AuthorizationPaths.query(asked).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(octets));
  }
}
