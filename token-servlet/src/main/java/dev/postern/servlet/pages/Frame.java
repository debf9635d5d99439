package dev.postern.servlet.pages;

import java.util.List;

/**
 * What stands around the content of every page: title, way past the head, switch of languages,
 * foot. Links are relative, so that the pages work behind a proxy that renames paths. Immutable.
 */
final class Frame {
  private final List<Texts> languages;
  private final Texts texts;
  private final String up;
  private final boolean isLanguageChosen;

  /**
   * The frame of one page.
   *
   * @param languages all that there are
   * @param texts the one it is in
   * @param up the way from this page to {@code errors/}, such as {@code ../}
   * @param isLanguageChosen whether links go on in this language, whatever the browser prefers
   */
  Frame(List<Texts> languages, Texts texts, String up, boolean isLanguageChosen) {
    this.languages = languages;
    this.texts = texts;
    this.up = up;
    this.isLanguageChosen = isLanguageChosen;
  }

  Texts texts() {
    return texts;
  }

  /** Opens a page; {@code here} is its own path below {@code errors/}. */
  Html begin(String title, String here) {
    Html html = new Html();
    head(html, texts, title + " · Postern", up + "style.css");
    html.open("body");
    html.element("a", texts.get("skip"), "class", "skip", "href", "#content");
    html.open("header");
    html.element("a", texts.get("all"), "class", "home", "href", link(""));
    languageSwitch(html, here);
    html.close();
    return html.open("main", "id", "content", "tabindex", "-1");
  }

  /** Opens the document, with its head. */
  static void head(Html html, Texts texts, String title, String style) {
    html.open("html", "lang", texts.language()).open("head");
    html.empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", title);
    html.empty("link", "rel", "stylesheet", "href", style);
    html.close();
  }

  private void languageSwitch(Html html, String here) {
    html.open("nav", "aria-label", texts.get("languages")).open("ul");
    for (Texts other : languages) {
      String language = other.language();
      html.open("li");
      if (language.equals(texts.language())) {
        html.element("span", other.get("name"), "aria-current", "true", "lang", language);
      } else {
        html.element(
            "a",
            other.get("name"),
            "href",
            path(here) + "?lang=" + language,
            "hreflang",
            language,
            "lang",
            language);
      }
      html.close();
    }
    html.close().close();
  }

  /** Closes the page. */
  Html end(Html html) {
    html.close().open("footer").element("p", texts.get("foot")).close();
    return html.close().close();
  }

  /** Where a page below {@code errors/} is, as seen from this one. */
  String link(String page) {
    return path(page) + suffix();
  }

  /** Keeps the language that was chosen. */
  private String suffix() {
    return isLanguageChosen ? "?lang=" + texts.language() : "";
  }

  boolean isLanguageChosen() {
    return isLanguageChosen;
  }

  private String path(String page) {
    String path = up + page;
    return path.isEmpty() ? "./" : path;
  }
}
