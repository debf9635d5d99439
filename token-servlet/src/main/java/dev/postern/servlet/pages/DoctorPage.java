package dev.postern.servlet.pages;

import dev.postern.servlet.doctor.Finding;
import dev.postern.servlet.doctor.FindingKind;
import java.util.List;
import java.util.stream.Stream;

/** What the doctor found, and the page of each of its numbers. Immutable. */
public final class DoctorPage {
  static final String PATH = "doctor";

  private final Frame frame;
  private final Texts texts;

  DoctorPage(Frame frame) {
    this.frame = frame;
    this.texts = frame.texts();
  }

  /** The page of all findings. */
  public static Page of(PageRequest request, List<Finding> findings) {
    Languages languages = Languages.found();
    Texts texts = languages.choose(request);
    Frame frame = new Frame(languages.all(), texts, "", languages.has(request.language()));
    return Page.html(Page.Kind.FOUND, texts.language(), new DoctorPage(frame).write(findings));
  }

  private Html write(List<Finding> findings) {
    Html html = frame.begin(texts.finding("title"), PATH);
    html.element("h1", texts.finding("title")).element("p", texts.finding("text"));
    html.open("ul", "class", "numbers");
    for (Finding finding : findings) {
      html.open("li");
      NumberList.link(html, frame, Numbered.of(finding.kind(), texts));
      html.element(
          "small", texts.finding("" + finding.kind().severity()) + ": " + finding.detail());
      html.close();
    }
    html.close();
    html.open("p").inline("a", texts.get("trace.all"), "href", frame.link(RefusalPages.PATH));
    return frame.end(html.close());
  }

  /** All numbers that there are. */
  void list(Html html) {
    html.element("h2", texts.finding("title"));
    List<Numbered> all =
        Stream.of(FindingKind.values()).map(kind -> Numbered.of(kind, texts)).toList();
    NumberList.write(html, frame, all);
  }

  /** What one of them means, and what to do. */
  Html write(FindingKind kind) {
    String title = texts.finding(kind.number() + ".title");
    Html html = frame.begin(kind.label() + " " + title, "" + kind.number());
    html.open("h1").inline("span", kind.label(), "class", "number").text(" " + title).close();
    html.open("dl").element("dt", texts.get("log")).open("dd");
    html.inline("code", kind.name(), "translate", "no").close().close();
    html.element("h2", texts.finding("means"));
    paragraph(html, kind.number() + ".means");
    html.element("h2", texts.get("administrator"));
    paragraph(html, kind.number() + ".todo");
    html.open("p").inline("a", texts.get("all"), "href", frame.link("")).close();
    return frame.end(html);
  }

  private void paragraph(Html html, String name) {
    html.open("p").marked(texts.finding(name), frame::link).close();
  }
}
