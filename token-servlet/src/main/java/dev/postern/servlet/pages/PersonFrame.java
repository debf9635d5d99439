package dev.postern.servlet.pages;

/**
 * What stands around a page that somebody sees on the way to an application, who did not ask for
 * it: a title and a style, no way to anywhere else.
 */
final class PersonFrame {
  private PersonFrame() {}

  /** Opens a page; it lies beside {@code errors/}. */
  static Html begin(Texts texts, String title) {
    Html html = new Html();
    Frame.head(html, texts, title, "errors/style.css");
    return html.open("body").open("main", "id", "content", "class", "person");
  }

  /** Closes the page. */
  static Html end(Html html) {
    return html.close().close().close();
  }
}
