package dev.postern.servlet;

import dev.postern.servlet.pages.TroubleshootingPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The pages behind {@code error_uri} (RFC 6749 s5.2). They tell what everybody may know, so they
 * are for everybody and may be cached. Thread-safe.
 */
final class ErrorPages {
  private volatile @Nullable TroubleshootingPages pages;

  /** Answers with the page at {@code path}, which is what follows {@code errors}. */
  void answer(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!PageWriter.refusesMethod(request, response)) {
      PageWriter.writePublic(pages().find(PageWriter.read(path, request)), request, response);
    }
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
