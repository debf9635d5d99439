package dev.postern.servlet.pages;

import dev.postern.core.Reason;
import dev.postern.core.RefusalSummary;
import dev.postern.core.TokenListener.RefusedEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Recent refusals: how many a day, of which number, of which client, and the list. Immutable. */
final class RefusalList {
  private static final int BAR = 40;
  private static final int HEIGHT = 100;

  private final Frame frame;
  private final Texts texts;

  RefusalList(Frame frame) {
    this.frame = frame;
    this.texts = frame.texts();
  }

  /**
   * The page.
   *
   * @param dropped how many other nodes cannot show
   * @param isFiltered whether it is not all of them
   */
  Html write(RefusalSummary summary, long dropped, boolean isFiltered) {
    Html html = frame.begin(texts.get("traces"), RefusalPages.PATH);
    html.element("h1", texts.get("traces"));
    html.element("p", texts.get("traces.text") + " " + texts.get("traces." + summary.reach()));
    if (dropped > 0) {
      html.element("p", texts.get("traces.dropped") + " " + dropped + ".");
    }
    searchForm(html);
    if (summary.newest().isEmpty()) {
      html.element("p", texts.get("traces.none"));
    } else {
      chart(html, summary.days());
      counts(html, "traces.numbers", summary.numbers());
      counts(html, "traces.clients", summary.clients());
      rows(html, summary.newest());
    }
    if (isFiltered) {
      html.open("p").inline("a", texts.get("trace.all"), "href", frame.link(RefusalPages.PATH));
      html.close();
    }
    return frame.end(html);
  }

  private void searchForm(Html html) {
    html.open("form", "role", "search", "method", "get");
    html.element("label", texts.get("traces.search"), "for", "q").open("div");
    html.empty("input", "type", "search", "id", "q", "name", "q", "autocomplete", "off");
    if (frame.isLanguageChosen()) {
      html.empty("input", "type", "hidden", "name", "lang", "value", texts.language());
    }
    html.element("button", texts.get("search.button"), "type", "submit").close().close();
  }

  private void counts(Html html, String name, Map<String, Long> counts) {
    if (counts.isEmpty()) {
      return;
    }
    html.element("h2", texts.get(name)).open("table");
    counts.forEach(
        (key, count) -> {
          html.open("tr").open("th", "scope", "row");
          html.inline("a", key, "href", filtered(key)).close();
          html.element("td", Long.toString(count)).close();
        });
    html.close();
  }

  private String filtered(String key) {
    String link = frame.link(RefusalPages.PATH);
    String query = "q=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
    return link + (link.contains("?") ? "&" : "?") + query;
  }

  /** How many a day (UTC), oldest first. */
  private void chart(Html html, SortedMap<LocalDate, Long> days) {
    long highest = days.values().stream().mapToLong(count -> count).max().orElse(1);
    html.element("h2", texts.get("traces.days"));
    String size = "0 0 " + BAR * days.size() + " " + (HEIGHT + 36);
    html.open("svg", "viewBox", size, "role", "img", "aria-label", texts.get("traces.days"));
    int x = 0;
    for (Map.Entry<LocalDate, Long> day : days.entrySet()) {
      int height = (int) Math.max(1, HEIGHT * day.getValue() / highest);
      int top = 16 + HEIGHT - height;
      html.empty(
          "rect", "x", "" + (x + 4), "y", "" + top, "width", "" + (BAR - 8), "height", "" + height);
      html.element("text", "" + day.getValue(), "x", "" + (x + BAR / 2), "y", "" + (top - 4));
      String date = day.getKey().toString().substring(5);
      html.element("text", date, "x", "" + (x + BAR / 2), "y", "" + (HEIGHT + 32));
      x += BAR;
    }
    html.close();
  }

  private void rows(Html html, List<RefusedEvent> events) {
    html.element("h2", texts.get("traces.latest")).open("ul", "class", "numbers");
    for (RefusedEvent event : events) {
      html.open("li").open("a", "href", frame.link(RefusalPage.here(event)));
      Reason reason = event.refusal().reason();
      html.inline("span", reason.label(), "class", "number").text(" ");
      html.text(texts.heading(reason)).end();
      html.open("small").text(RefusalPage.TIME.format(event.at()) + " ");
      html.inline("code", event.clientId(), "translate", "no")
          .text(" " + event.source())
          .end()
          .close();
    }
    html.close();
  }
}
