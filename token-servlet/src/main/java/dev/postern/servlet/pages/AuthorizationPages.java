package dev.postern.servlet.pages;

import dev.postern.core.ErrorCode;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * What a person sees of the authorization endpoint: the question for consent, and what is said when
 * a request cannot be answered by sending the browser back. Thread-safe.
 */
public final class AuthorizationPages {
  private static final Set<Reason> OF_THE_PERSON = Set.of(StandardReason.CONSENT_NOT_OURS);

  private final Languages languages = Languages.found();

  /** In all languages whose texts are there. */
  public AuthorizationPages() {}

  /** The language in which a page is shown. */
  public String language(PageRequest request) {
    return texts(request).language();
  }

  /** What {@code ui_locales} names first that we have, else what the browser prefers. */
  private Texts texts(PageRequest request) {
    for (String tag : request.language().split(" ", -1)) {
      String language = tag.split("-", 2)[0].toLowerCase(Locale.ROOT);
      if (languages.has(language)) {
        return languages.choose(new PageRequest("", language, "", ""));
      }
    }
    return languages.choose(new PageRequest("", "", request.acceptLanguage(), ""));
  }

  /** The question whether a client may have what it asks for. */
  public Page consent(ConsentView view, PageRequest request) {
    Texts texts = texts(request);
    String question = texts.get("consent.question").replace("{client}", view.client());
    Html html = PersonFrame.begin(texts, question);
    languageSwitch(html, texts, view);
    html.element("h1", question);
    html.open("p").text(texts.get("consent.user")).text(" ");
    html.inline("strong", view.user()).text(".").close();
    if (view.scope().isEmpty()) {
      html.element("p", texts.get("consent.nothing"));
    } else {
      html.element("p", texts.get("consent.scope")).open("ul", "class", "scope");
      view.scope().forEach(words -> html.element("li", words));
      html.close();
    }
    html.open("p").text(texts.get("consent.until")).text(" ");
    html.inline("time", minute(view.endsBy())).text(".").close();
    html.open("p").text(texts.get("consent.goes")).text(" ");
    html.inline("code", view.goesTo(), "translate", "no").text(".").close();
    html.open("form", "method", "post", "action", view.action(), "accept-charset", "utf-8");
    view.fields()
        .forEach(
            (name, value) -> html.empty("input", "type", "hidden", "name", name, "value", value));
    html.open("div");
    button(html, view, "approve", texts.get("consent.approve"));
    button(html, view, "deny", texts.get("consent.deny"));
    html.close().element("p", texts.get("consent.hint")).close();
    return Page.html(Page.Kind.FOUND, texts.language(), PersonFrame.end(html));
  }

  /** As in {@code 2027-01-31 23:59 UTC}. */
  private static String minute(Instant time) {
    return time.toString().substring(0, 16).replace('T', ' ') + " UTC";
  }

  private static void button(Html html, ConsentView view, String value, String text) {
    html.element(
        "button", text, "type", "submit", "name", view.answer(), "value", value, "class", value);
  }

  private void languageSwitch(Html html, Texts texts, ConsentView view) {
    html.open("nav", "aria-label", texts.get("languages")).open("ul");
    for (Texts other : languages.all()) {
      String language = other.language();
      html.open("li");
      if (language.equals(texts.language())) {
        html.element("span", other.get("name"), "aria-current", "true", "lang", language);
      } else {
        String href = view.languages() + language;
        html.element("a", other.get("name"), "href", href, "hreflang", language, "lang", language);
      }
      html.close();
    }
    html.close().close();
  }

  /**
   * Why a request is not answered, and who has to mend that.
   *
   * @param errorUri the page of the number; empty where there is none
   */
  public Page refused(
      Refusal refusal, String traceId, String correlationId, String errorUri, PageRequest request) {
    Texts texts = texts(request);
    Reason face = refusal.reason().face();
    Html html = PersonFrame.begin(texts, texts.get("refused.title"));
    html.element("h1", texts.get("refused.title"));
    html.element("p", texts.get("refused." + whoMends(face)));
    html.open("dl");
    html.element("dt", texts.get("refused.why"));
    html.open("dd").text(texts.heading(face));
    if (!refusal.subject().isEmpty()) {
      html.text(": ").inline("code", refusal.subject(), "translate", "no");
    }
    html.close();
    html.element("dt", texts.get("refused.number")).open("dd");
    if (errorUri.isEmpty()) {
      html.text(face.label());
    } else {
      html.inline("a", face.label(), "href", errorUri);
    }
    html.close();
    fact(html, "trace_id", traceId);
    fact(html, "correlation_id", correlationId);
    html.close();
    html.element("p", texts.get("refused.pass"));
    return Page.html(Page.Kind.REFUSED, texts.language(), PersonFrame.end(html));
  }

  private static void fact(Html html, String name, String value) {
    html.open("dt").inline("code", name, "translate", "no").close();
    html.open("dd").inline("code", value, "translate", "no").close();
  }

  private static String whoMends(Reason face) {
    if (OF_THE_PERSON.contains(face)) {
      return "you";
    }
    boolean isOfServer =
        face.code() == ErrorCode.SERVER_ERROR
            || face.code() == ErrorCode.TEMPORARILY_UNAVAILABLE
            || face == StandardReason.INSECURE_TRANSPORT;
    return isOfServer ? "server" : "client";
  }
}
