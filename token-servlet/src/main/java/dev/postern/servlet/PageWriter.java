package dev.postern.servlet;

import dev.postern.servlet.pages.Page;
import dev.postern.servlet.pages.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * Pages over HTTP: reading is allowed, nothing else, and nothing in a page runs or comes from
 * elsewhere.
 */
final class PageWriter {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private PageWriter() {}

  /** What a browser asks for at {@code path}, which is what follows {@code errors}. */
  static PageRequest read(String path, HttpServletRequest request) {
    QueryString query = QueryString.parse(request.getQueryString());
    return new PageRequest(
        path,
        first(query.all("lang")),
        String.join(",", headers("Accept-Language", request)),
        first(query.all("q")));
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.get(0);
  }

  /** Answers what is no GET and no HEAD; {@code false} if it is one. */
  static boolean refusesMethod(HttpServletRequest request, HttpServletResponse response) {
    if (request.getMethod().equals("GET") || isHead(request)) {
      return false;
    }
    response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    response.setHeader("Allow", "GET, HEAD");
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

  private static void setHeaders(Page page, HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.addHeader("Vary", "Accept-Language");
    if (!page.language().isEmpty()) {
      response.setHeader("Content-Language", page.language());
    }
  }

  private static void write(Page page, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] octets = page.octets();
    response.setStatus(
        switch (page.kind()) {
          case FOUND -> HttpServletResponse.SC_OK;
          case FORBIDDEN -> HttpServletResponse.SC_FORBIDDEN;
          case MISSING -> HttpServletResponse.SC_NOT_FOUND;
        });
    response.setContentType(page.type() + ";charset=utf-8");
    response.setContentLength(octets.length);
    if (!isHead(request)) {
      response.getOutputStream().write(octets);
    }
  }

  /** "A recipient MUST use the weak comparison function" (RFC 9110 s13.1.2). */
  private static boolean isKnown(String tag, HttpServletRequest request) {
    for (String line : headers("If-None-Match", request)) {
      for (String known : line.split(",", -1)) {
        String stripped = known.strip();
        if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> headers(String name, HttpServletRequest request) {
    return Collections.list(request.getHeaders(name));
  }
}
