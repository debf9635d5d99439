package dev.postern.servlet.pages;

import dev.postern.core.Check;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import dev.postern.core.TokenListener.RefusedEvent;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The page of one refusal: what was told, what was the case, how far it came. Immutable. */
final class RefusalPage {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Where a request is checked for something else, or in another order, than at a token endpoint.
   */
  private static final Pattern ELSEWHERE = Pattern.compile("/(?:authorize|introspect|revoke|)$");

  private final Frame frame;
  private final Texts texts;

  RefusalPage(Frame frame) {
    this.frame = frame;
    this.texts = frame.texts();
  }

  Html write(RefusedEvent event) {
    Refusal refusal = event.refusal();
    Reason cause = refusal.reason();
    Html html = frame.begin(cause.label() + " " + texts.heading(cause), here(event));
    html.open("h1").inline("span", cause.label(), "class", "number").text(" ");
    html.text(texts.heading(cause)).close();
    html.open("dl");
    fact(html, "trace.time", TIME.format(event.at()));
    fact(html, "trace.endpoint", event.endpoint());
    fact(html, "trace.client", event.clientId());
    fact(html, "trace.source", event.source());
    fact(html, "answer", refusal.description());
    fact(html, "log", cause.name());
    fact(html, "trace.detail", refusal.detail());
    fact(html, "trace.id", event.traceId());
    fact(html, "trace.correlation", event.correlationId());
    html.close();
    html.element("h2", texts.get("administrator"));
    html.open("p").marked(texts.reasons().administrator(cause), frame::link).close();
    number(html, cause);
    if (!ELSEWHERE.matcher(event.endpoint()).find()) {
      html.element("h2", texts.get("trace.checks"));
      checks(html, cause.check());
    }
    html.open("p").inline("a", texts.get("trace.all"), "href", frame.link(RefusalPages.PATH));
    return frame.end(html.close());
  }

  static String here(RefusedEvent event) {
    return RefusalPages.PATH + event.traceId();
  }

  private void number(Html html, Reason cause) {
    if (TroubleshootingPages.exist(cause)) {
      String page = Integer.toString(cause.number());
      html.open("p").text(texts.get("trace.page")).text(" ");
      html.inline("a", cause.label(), "href", frame.link(page)).close();
    }
  }

  private void fact(Html html, String name, String value) {
    if (!value.isEmpty()) {
      html.element("dt", texts.get(name));
      html.open("dd").inline("code", value, "translate", "no").close();
    }
  }

  private void checks(Html html, Check failed) {
    html.open("ol", "class", "checks");
    for (Check check : Check.values()) {
      CheckState state = CheckState.of(check, Optional.of(failed));
      html.open("li", "class", state.styleClass()).text(texts.get("check." + check)).text(": ");
      html.inline("strong", texts.get(state.text())).close();
    }
    html.close();
  }
}
