package dev.postern.servlet.pages;

import dev.postern.core.Reason;
import dev.postern.core.TokenListener.RefusedEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Recent refusals: how many a day, of which number, of which client, and the list. Immutable. */
final class RefusalList {
  private static final int MOST_ROWS = 100;
  private static final int MOST_COUNTS = 10;
  private static final int BAR = 40;
  private static final int HEIGHT = 100;

  private final Frame frame;
  private final Texts texts;

  RefusalList(Frame frame) {
    this.frame = frame;
    this.texts = frame.texts();
  }

  /** Those whose id, number or client is {@code asked}; all when nothing is asked. */
  Html write(List<RefusedEvent> recent, String asked) {
    String wanted = asked.strip();
    List<RefusedEvent> shown =
        recent.stream().filter(event -> wanted.isEmpty() || isAbout(event, wanted)).toList();
    Html html = frame.begin(texts.get("traces"), RefusalPages.PATH);
    html.element("h1", texts.get("traces"));
    html.element("p", texts.get("traces.text"));
    searchForm(html);
    if (shown.isEmpty()) {
      html.element("p", texts.get("traces.none"));
    } else {
      chart(html, shown);
      counts(html, "traces.numbers", count(shown, event -> event.refusal().reason().label()));
      counts(html, "traces.clients", count(shown, RefusedEvent::clientId));
      rows(html, shown);
    }
    if (!wanted.isEmpty()) {
      html.open("p").inline("a", texts.get("trace.all"), "href", frame.link(RefusalPages.PATH));
      html.close();
    }
    return frame.end(html);
  }

  private static boolean isAbout(RefusedEvent event, String wanted) {
    Reason reason = event.refusal().reason();
    return wanted.equals(event.traceId())
        || wanted.equals(event.correlationId())
        || wanted.equals(event.clientId())
        || wanted.equalsIgnoreCase(reason.label())
        || wanted.equals(Integer.toString(reason.number()));
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

  private static Map<String, Long> count(
      List<RefusedEvent> events, Function<RefusedEvent, String> key) {
    Map<String, Long> all =
        events.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
    Map<String, Long> most = new LinkedHashMap<>();
    all.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty())
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_COUNTS)
        .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
    return most;
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
  private void chart(Html html, List<RefusedEvent> events) {
    Map<LocalDate, Long> days =
        events.stream()
            .collect(
                Collectors.groupingBy(
                    event -> LocalDate.ofInstant(event.at(), ZoneOffset.UTC),
                    TreeMap::new,
                    Collectors.counting()));
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
    for (RefusedEvent event : events.subList(0, Math.min(events.size(), MOST_ROWS))) {
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
