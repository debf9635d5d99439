package dev.postern.servlet;

import dev.postern.servlet.pages.Page;
import dev.postern.servlet.pages.PageRequest;
import dev.postern.servlet.request.HeaderLines;
import dev.postern.servlet.request.QueryString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Pages over HTTP: reading is allowed, nothing else, and nothing in a page runs or comes from
 * elsewhere.
 */
final class PageWriter {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; form-action %s; base-uri 'none';"
          + " frame-ancestors 'none'";

  private PageWriter() {}

  /** What a browser asks for at {@code path}, which is what follows {@code errors}. */
  static PageRequest read(String path, HttpServletRequest request) {
    QueryString query = QueryString.parse(request.getQueryString());
    return new PageRequest(
        path,
        first(query.all("lang")),
        String.join(",", HeaderLines.of(request, "Accept-Language")),
        first(query.all("q")));
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.get(0);
  }

  /** Answers what is no GET and no HEAD; {@code false} if it is one. */
  static boolean refusesMethod(HttpServletRequest request, HttpServletResponse response) {
    return refusesMethod(List.of("GET", "HEAD"), request, response);
  }

  /** Answers a request by none of these methods; {@code false} if it is by one of them. */
  static boolean refusesMethod(
      List<String> allowed, HttpServletRequest request, HttpServletResponse response) {
    if (allowed.contains(request.getMethod())) {
      return false;
    }
    response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    response.setHeader("Allow", String.join(", ", allowed));
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(0);
    return true;
  }

  private static boolean isHead(HttpServletRequest request) {
    return request.getMethod().equals("HEAD");
  }

  /** A page that everybody may see and keep. */
  static void writePublic(Page page, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (page.kind() != Page.Kind.FOUND) {
      writePrivate(page, request, response);
      return;
    }
    String tag = page.tag();
    setHeaders(page, response);
    response.setHeader("ETag", tag);
    response.setHeader("Cache-Control", "public, max-age=3600");
    if (isKnown(tag, request)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
    } else {
      write(page, request, response);
    }
  }

  /** A page that nobody keeps. */
  static void writePrivate(Page page, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    setHeaders(page, response);
    response.setHeader("Cache-Control", "no-store");
    write(page, request, response);
  }

  /**
   * A page with a form that is posted and then redirected as {@code formAction} allows. It sends
   * the browser's {@code Origin} along: with no-referrer that would be null, which filters against
   * foreign forms refuse.
   */
  static void writeForm(
      Page page, String formAction, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    setHeaders(page, response);
    response.setHeader("Content-Security-Policy", POLICY.formatted(formAction));
    response.setHeader("Referrer-Policy", "same-origin");
    forbidFraming(response);
    write(page, HttpServletResponse.SC_OK, request, response);
  }

  /** A page that says why a request is refused. */
  static void writeRefusal(
      Page page, int status, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    setHeaders(page, response);
    response.setHeader("Cache-Control", "no-store");
    write(page, status, request, response);
  }

  /** For a page that only its own user may see, in a window of its own (RFC 9700 s4.16). */
  static void forbidFraming(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Frame-Options", "DENY");
    if (!response.containsHeader("Content-Security-Policy")) {
      response.setHeader("Content-Security-Policy", "frame-ancestors 'none'");
    }
  }

  /**
   * Sends the browser elsewhere, with a GET and without the body that came: "the authorization
   * server [...] SHOULD use HTTP status code 303" (RFC 9700 s4.12). No cache keeps where to, and no
   * page is told where the browser came from.
   */
  static void redirect(String location, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", location);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Pragma", "no-cache");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setContentLength(0);
  }

  private static void setHeaders(Page page, HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY.formatted("'self'"));
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.addHeader("Vary", "Accept-Language");
    if (!page.language().isEmpty()) {
      response.setHeader("Content-Language", page.language());
    }
  }

  private static void write(Page page, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status =
        switch (page.kind()) {
          case FOUND -> HttpServletResponse.SC_OK;
          case FORBIDDEN -> HttpServletResponse.SC_FORBIDDEN;
          case MISSING -> HttpServletResponse.SC_NOT_FOUND;
          case REFUSED -> HttpServletResponse.SC_BAD_REQUEST;
        };
    write(page, status, request, response);
  }

  private static void write(
      Page page, int status, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] octets = page.octets();
    response.setStatus(status);
    response.setContentType(page.type() + ";charset=utf-8");
    response.setContentLength(octets.length);
    if (!isHead(request)) {
      response.getOutputStream().write(octets);
    }
  }

  /** "A recipient MUST use the weak comparison function" (RFC 9110 s13.1.2). */
  private static boolean isKnown(String tag, HttpServletRequest request) {
    for (String line : HeaderLines.of(request, "If-None-Match")) {
      for (String known : line.split(",", -1)) {
        String stripped = known.strip();
        if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
          return true;
        }
      }
    }
    return false;
  }
}
