package dev.postern.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Set;
import java.util.TreeSet;

/**
 * A response that no cache may keep, whatever the endpoint behind {@link TokenGuard} says: "The
 * authorization server MUST include the HTTP \"Cache-Control\" response header field with a value
 * of \"no-store\"" (RFC 6749 s5.1).
 */
final class GuardedResponse extends HttpServletResponseWrapper {
  private static final Set<String> FIXED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    FIXED.addAll(Set.of("Cache-Control", "Pragma", "Expires"));
  }

  GuardedResponse(HttpServletResponse response) {
    super(response);
    forbidStoring();
  }

  private void forbidStoring() {
    super.setHeader("Cache-Control", "no-store");
    super.setHeader("Pragma", "no-cache");
  }

  @Override
  public void reset() {
    super.reset();
    forbidStoring();
  }

  @Override
  public void setHeader(String name, String value) {
    if (!FIXED.contains(name)) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (!FIXED.contains(name)) {
      super.addHeader(name, value);
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (!FIXED.contains(name)) {
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (!FIXED.contains(name)) {
      super.addDateHeader(name, date);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (!FIXED.contains(name)) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!FIXED.contains(name)) {
      super.addIntHeader(name, value);
    }
  }
}
