package dev.postern.servlet.pages;

import dev.postern.core.ErrorCode;
import dev.postern.core.StandardReason;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The list of all numbers, with the search. Immutable. */
final class IndexPage {
  private final Frame frame;
  private final String up;

  IndexPage(Frame frame, String up) {
    this.frame = frame;
    this.up = up;
  }

  /** All numbers. */
  Html write() {
    Texts texts = frame.texts();
    Html html = frame.begin(texts.get("title"), "");
    html.element("h1", texts.get("title"));
    html.element("p", texts.get("welcome"));
    searchForm(html);
    for (ErrorCode code : ErrorCode.values()) {
      html.open("h2").inline("code", code.wire(), "translate", "no").close();
      NumberList.ofReasons(html, frame, of(code, reason -> reason.face() == reason));
      List<StandardReason> causes = of(code, reason -> reason.face() != reason);
      if (!causes.isEmpty()) {
        html.element("h3", texts.get("causes"));
        NumberList.ofReasons(html, frame, causes);
      }
    }
    new DoctorPage(frame).list(html);
    return frame.end(html);
  }

  private static List<StandardReason> of(ErrorCode code, Predicate<StandardReason> isHere) {
    return Arrays.stream(StandardReason.values())
        .filter(reason -> reason.code() == code && isHere.test(reason))
        .toList();
  }

  /** What a search found. */
  Html write(List<Numbered> found) {
    Texts texts = frame.texts();
    Html html = frame.begin(texts.get("found"), "");
    html.element("h1", texts.get("found"));
    searchForm(html);
    if (found.isEmpty()) {
      html.element("p", texts.get("found.none"));
    } else {
      NumberList.write(html, frame, found);
    }
    html.open("p").inline("a", texts.get("all"), "href", frame.link("")).close();
    return frame.end(html);
  }

  /** That there is no such page. */
  Html writeNotFound() {
    Texts texts = frame.texts();
    Html html = frame.begin(texts.get("missing"), "");
    html.element("h1", texts.get("missing"));
    html.element("p", texts.get("missing.text"));
    searchForm(html);
    html.open("p").inline("a", texts.get("all"), "href", frame.link("")).close();
    return frame.end(html);
  }

  /** The field stays empty after a search: nothing that was sent comes back. */
  private void searchForm(Html html) {
    Texts texts = frame.texts();
    html.open("form", "role", "search", "method", "get", "action", up.isEmpty() ? "./" : up);
    html.element("label", texts.get("search.label"), "for", "q").open("div");
    html.empty(
        "input",
        "type",
        "search",
        "id",
        "q",
        "name",
        "q",
        "autocomplete",
        "off",
        "spellcheck",
        "false",
        "aria-describedby",
        "q-hint");
    if (frame.isLanguageChosen()) {
      html.empty("input", "type", "hidden", "name", "lang", "value", texts.language());
    }
    html.element("button", texts.get("search.button"), "type", "submit").close();
    html.element("p", texts.get("search.hint"), "id", "q-hint").close();
  }
}
