package dev.postern.servlet.pages;

import dev.postern.core.Check;
import dev.postern.core.DryRun;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;

/** The page of the dry run: a form, and what would come of the request that was pasted. */
public final class DryRunPage {
  private final Frame frame;
  private final Texts texts;
  private final String formToken;

  /**
   * The page.
   *
   * @param formToken goes with the form, and has to come back with it
   */
  public DryRunPage(PageRequest request, String formToken) {
    Languages languages = Languages.found();
    this.texts = languages.choose(request);
    this.frame = new Frame(languages.all(), texts, "", languages.has(request.language()));
    this.formToken = formToken;
  }

  /** The form alone. */
  public Page form() {
    return page(begin());
  }

  /** A sentence in place of a result, and the form. */
  public Page said(String name) {
    Html html = begin();
    html.element("p", texts.get(name), "class", "private", "role", "status");
    return page(html);
  }

  /** That the form with it could not be read, and why. */
  public Page unread(Refusal refusal) {
    Html html = begin();
    html.element("p", texts.get("dry.unread"), "class", "private", "role", "status");
    refused(html, refusal);
    return page(html);
  }

  /** What would come of it: the refusal, or tokens. */
  public Page result(DryRun.Outlook outlook) {
    Html html = begin();
    html.element("h2", texts.get("dry.result"));
    if (outlook.refusal().isPresent()) {
      refused(html, outlook.refusal().get());
    } else {
      html.element("p", texts.get("dry.issued"));
    }
    checks(html, outlook);
    return page(html);
  }

  private Html begin() {
    Html html = frame.begin(texts.get("dry.title"), "dry-run");
    html.element("h1", texts.get("dry.title")).element("p", texts.get("dry.text"));
    return html;
  }

  private void refused(Html html, Refusal refusal) {
    Reason reason = refusal.reason();
    html.open("p");
    html.inline("a", reason.label(), "href", frame.link("" + reason.number())).text(" ");
    html.text(texts.heading(reason)).close();
    if (!refusal.detail().isEmpty()) {
      html.open("p").inline("code", refusal.detail(), "translate", "no").close();
    }
  }

  private void checks(Html html, DryRun.Outlook outlook) {
    html.open("ol", "class", "checks");
    for (Check check : Check.values()) {
      CheckState state = CheckState.of(check, outlook);
      html.open("li", "class", state.styleClass()).text(texts.get("check." + check));
      html.text(": ").inline("strong", texts.get(state.text())).close();
    }
    html.close();
  }

  private Page page(Html html) {
    html.open("form", "method", "post", "accept-charset", "utf-8");
    html.element("label", texts.get("dry.label"), "for", "request").open("div");
    html.element(
        "textarea",
        "",
        "id",
        "request",
        "name",
        "request",
        "rows",
        "12",
        "autocomplete",
        "off",
        "spellcheck",
        "false");
    html.empty("input", "type", "hidden", "name", "form", "value", formToken);
    html.element("button", texts.get("dry.button"), "type", "submit").close().close();
    return Page.html(Page.Kind.FOUND, texts.language(), frame.end(html));
  }
}
