package dev.postern.servlet;

import dev.postern.servlet.pages.TroubleshootingPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The pages behind {@code error_uri} (RFC 6749 s5.2). They tell what everybody may know, so they
 * are for everybody and may be cached. Thread-safe.
 */
final class ErrorPages {
  /** Most servers are never asked for them. */
  private final Lazy<TroubleshootingPages> pages = new Lazy<>(TroubleshootingPages::new);

  /** Answers with the page at {@code path}, which is what follows {@code errors}. */
  void answer(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!PageWriter.refusesMethod(request, response)) {
      PageWriter.writePublic(pages.get().find(PageWriter.read(path, request)), request, response);
    }
  }
}
