package dev.postern.servlet.pages;

import dev.postern.core.Reason;
import dev.postern.core.ReasonTexts;
import dev.postern.core.StandardReason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page of one number. Immutable. */
final class ErrorPage {
  private static final Pattern RFC = Pattern.compile("RFC (\\d+) (?:s([\\d.]+)|appendix ([A-Z]))");

  private final Frame frame;
  private final Examples examples;

  ErrorPage(Frame frame, Examples examples) {
    this.frame = frame;
    this.examples = examples;
  }

  Html write(StandardReason reason) {
    Texts texts = frame.texts();
    ReasonTexts about = texts.reasons();
    String title = reason.label() + " " + texts.heading(reason);
    Html html = frame.begin(title, Integer.toString(reason.number()));
    html.open("h1").inline("span", reason.label(), "class", "number").text(" ");
    html.text(texts.heading(reason)).close();
    face(html, reason);
    facts(html, reason);
    section(html, "happened", about.cause(reason));
    likely(html, about.likely(reason));
    section(html, "developer", about.developer(reason));
    section(html, "administrator", about.administrator(reason));
    privateCauses(html, reason);
    html.element("h2", texts.get("refused"));
    if (!about.when(reason).isEmpty()) {
      paragraph(html, about.when(reason));
    }
    String refused = examples.refused(reason);
    String works = examples.works(reason);
    request(html, refused, works, "refused");
    html.element("h2", texts.get("works"));
    request(html, works, refused, "works");
    return frame.end(html);
  }

  /** Of a private cause: that the client was told something else. */
  private void face(Html html, Reason reason) {
    if (isPrivate(reason)) {
      html.open("p", "class", "private").text(frame.texts().get("private")).text(" ");
      String label = reason.face().label();
      html.inline("a", label, "href", frame.link(Integer.toString(reason.face().number())));
      html.text(".").close();
    }
  }

  private void facts(Html html, StandardReason reason) {
    Texts texts = frame.texts();
    html.open("dl");
    html.element("dt", texts.get("answer")).open("dd");
    html.inline("code", "error", "translate", "no").text(": ");
    html.inline("code", reason.code().wire(), "translate", "no").empty("br");
    html.inline("code", "error_description", "translate", "no").text(": ");
    Reason face = reason.face();
    html.inline("code", face.label() + ": " + face.text(), "lang", "en", "translate", "no");
    html.close();
    html.element("dt", texts.get("log")).open("dd");
    html.inline("code", reason.name(), "translate", "no").close();
    html.element("dt", texts.get("rule")).open("dd");
    rule(html, reason.section());
    html.close().close();
  }

  private void rule(Html html, String section) {
    Matcher rfc = RFC.matcher(section);
    if (rfc.matches()) {
      String anchor = rfc.group(2) == null ? "appendix-" + rfc.group(3) : "section-" + rfc.group(2);
      String url = "https://www.rfc-editor.org/rfc/rfc" + rfc.group(1) + "#" + anchor;
      html.inline("a", section, "href", url, "hreflang", "en", "rel", "external");
    } else {
      html.text(section);
    }
  }

  private void likely(Html html, List<String> causes) {
    html.element("h2", frame.texts().get("likely")).open("ol");
    for (String cause : causes) {
      html.open("li").marked(cause, frame::link).close();
    }
    html.close();
  }

  /** Of what hides private causes: which they are, for who has the log. */
  private void privateCauses(Html html, StandardReason reason) {
    List<StandardReason> causes =
        Arrays.stream(StandardReason.values())
            .filter(cause -> cause != reason && cause.face() == reason)
            .toList();
    if (!causes.isEmpty()) {
      html.element("h3", frame.texts().get("causes"));
      NumberList.ofReasons(html, frame, causes);
    }
  }

  private void section(Html html, String name, String text) {
    html.element("h2", frame.texts().get(name));
    paragraph(html, text);
  }

  private void paragraph(Html html, String text) {
    html.open("p").marked(text, frame::link).close();
  }

  /** The lines that the other request has not are the ones that matter. */
  private static void request(Html html, String request, String other, String style) {
    Set<String> same = other.lines().collect(Collectors.toSet());
    html.open("pre", "class", style).open("code", "translate", "no");
    boolean isFirst = true;
    for (String line : request.lines().toList()) {
      html.text(isFirst ? "" : "\n");
      isFirst = false;
      if (same.contains(line)) {
        html.breakable(line);
      } else {
        html.open("mark").breakable(line).end();
      }
    }
    html.end().close();
  }

  private static boolean isPrivate(Reason reason) {
    return reason.face() != reason;
  }
}
