package dev.postern.servlet;

import dev.postern.servlet.pages.Page;
import dev.postern.servlet.pages.PageRequest;
import dev.postern.servlet.pages.TroubleshootingPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages behind {@code error_uri} (RFC 6749 s5.2): reading is allowed, nothing else. They tell
 * what everybody may know, so they are for everybody and may be cached. Thread-safe.
 */
final class ErrorPages {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private volatile @Nullable TroubleshootingPages pages;

  /** Answers with the page at {@code path}, which is what follows {@code errors}. */
  void answer(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean isHead = request.getMethod().equals("HEAD");
    if (!isHead && !request.getMethod().equals("GET")) {
      response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      response.setHeader("Allow", "GET, HEAD");
      response.setHeader("Cache-Control", "no-store");
      response.setContentLength(0);
      return;
    }
    Page page = pages().find(asked(path, request));
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.addHeader("Vary", "Accept-Language");
    if (!page.language().isEmpty()) {
      response.setHeader("Content-Language", page.language());
    }
    if (page.isFound()) {
      String tag = page.tag();
      response.setHeader("ETag", tag);
      response.setHeader("Cache-Control", "public, max-age=3600");
      if (isKnown(tag, request)) {
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        return;
      }
      response.setStatus(HttpServletResponse.SC_OK);
    } else {
      response.setHeader("Cache-Control", "no-store");
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    }
    write(page, isHead, response);
  }

  private static void write(Page page, boolean isHead, HttpServletResponse response)
      throws IOException {
    byte[] octets = page.octets();
    response.setContentType(page.type() + ";charset=utf-8");
    response.setContentLength(octets.length);
    if (!isHead) {
      response.getOutputStream().write(octets);
    }
  }

  private static PageRequest asked(String path, HttpServletRequest request) {
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

  /**
   * Made when they are first asked for, as most servers never are; two threads may make them twice.
   */
  private TroubleshootingPages pages() {
    TroubleshootingPages made = pages;
    if (made == null) {
      made = new TroubleshootingPages();
      pages = made;
    }
    return made;
  }
}
