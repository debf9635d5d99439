package dev.postern.servlet.pages;

import dev.postern.core.StandardReason;
import dev.postern.servlet.doctor.FindingKind;

/**
 * A number that has a page: of a refusal, or of what the doctor finds.
 *
 * @param number of four digits or five
 * @param heading what it is about, in one language
 */
record Numbered(int number, String heading) {
  static Numbered of(StandardReason reason, Texts texts) {
    return new Numbered(reason.number(), texts.heading(reason));
  }

  static Numbered of(FindingKind kind, Texts texts) {
    return new Numbered(kind.number(), texts.finding(kind.number() + ".title"));
  }

  /** As it stands in answers, in the log and on pages. */
  String label() {
    return "TOK" + number;
  }
}
