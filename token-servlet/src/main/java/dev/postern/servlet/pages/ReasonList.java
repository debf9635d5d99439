package dev.postern.servlet.pages;

import dev.postern.core.StandardReason;
import java.util.List;

/** A list of numbers with their titles, each a link to its page. */
final class ReasonList {
  private ReasonList() {}

  static void write(Html html, Frame frame, List<StandardReason> reasons) {
    html.open("ul", "class", "numbers");
    for (StandardReason reason : reasons) {
      html.open("li").open("a", "href", frame.link(Integer.toString(reason.number())));
      html.inline("span", reason.label(), "class", "number").text(" ");
      html.text(frame.texts().heading(reason)).close().close();
    }
    html.close();
  }
}
