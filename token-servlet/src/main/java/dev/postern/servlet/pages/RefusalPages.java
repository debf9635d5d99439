package dev.postern.servlet.pages;

import dev.postern.core.Reason;
import dev.postern.core.RecentRefusals;
import dev.postern.core.RefusalSummary;

/** The pages of recent refusals: the list with its figures, and one page for each. Thread-safe. */
public final class RefusalPages {
  static final String PATH = "traces/";
  private final Languages languages = Languages.found();

  /** All pages, in all languages whose texts are there. */
  public RefusalPages() {}

  /**
   * The page that was asked for, or one that says that there is none.
   *
   * @param recent what there is to show
   */
  public Page find(PageRequest request, RecentRefusals recent) {
    Frame frame = frame(request);
    String id = request.path().replaceFirst("^/traces/?", "");
    if (id.isEmpty()) {
      RefusalSummary summary = recent.summary(request.search());
      boolean isFiltered = !request.search().isBlank();
      return page(
          Page.Kind.FOUND,
          frame,
          new RefusalList(frame).write(summary, recent.dropped(), isFiltered));
    }
    return recent
        .find(id)
        .map(event -> page(Page.Kind.FOUND, frame, new RefusalPage(frame).write(event)))
        .orElseGet(() -> said(Page.Kind.MISSING, frame, frame.texts().get("trace.gone")));
  }

  /** That who is logged in may not see it, or that the connection is not fit for it. */
  public Page forbidden(PageRequest request) {
    Frame frame = frame(request);
    return said(Page.Kind.FORBIDDEN, frame, frame.texts().get("trace.forbidden"));
  }

  /** That nothing can be shown now, and why. */
  public Page refused(PageRequest request, Reason reason) {
    Frame frame = frame(request);
    return said(Page.Kind.REFUSED, frame, reason.label() + ": " + frame.texts().heading(reason));
  }

  private static Page said(Page.Kind kind, Frame frame, String text) {
    Html html = frame.begin(frame.texts().get("traces"), PATH);
    html.element("h1", frame.texts().get("traces"));
    html.element("p", text);
    return page(kind, frame, frame.end(html));
  }

  private Frame frame(PageRequest request) {
    String up = request.path().lastIndexOf('/') == 0 ? "" : "../";
    return new Frame(
        languages.all(), languages.choose(request), up, languages.has(request.language()));
  }

  private static Page page(Page.Kind kind, Frame frame, Html html) {
    return Page.html(kind, frame.texts().language(), html);
  }
}
