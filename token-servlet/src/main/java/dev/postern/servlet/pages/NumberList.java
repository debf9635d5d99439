package dev.postern.servlet.pages;

import dev.postern.core.StandardReason;
import java.util.List;

/** A list of numbers with their headings, each a link to its page. */
final class NumberList {
  private NumberList() {}

  static void write(Html html, Frame frame, List<Numbered> numbers) {
    html.open("ul", "class", "numbers");
    for (Numbered numbered : numbers) {
      html.open("li");
      link(html, frame, numbered);
      html.close();
    }
    html.close();
  }

  static void ofReasons(Html html, Frame frame, List<StandardReason> reasons) {
    write(html, frame, reasons.stream().map(reason -> Numbered.of(reason, frame.texts())).toList());
  }

  static void link(Html html, Frame frame, Numbered numbered) {
    html.open("a", "href", frame.link(Integer.toString(numbered.number())));
    html.inline("span", numbered.label(), "class", "number").text(" ");
    html.text(numbered.heading()).end();
  }
}
