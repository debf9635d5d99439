package dev.postern.sample;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The pages of this application. */
final class Html {
  private Html() {}

  /** Writes a page that no other site may frame (RFC 6749 s10.13) and nobody keeps. */
  static void write(HttpServletResponse response, int status, String body) throws IOException {
    response.setStatus(status);
    response.setContentType("text/html");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.getWriter().print("<!DOCTYPE html><title>Shop</title>" + body);
  }

  /** Text as it may stand in a page, between quotes too. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
