package dev.postern.servlet.pages;

import dev.postern.core.Check;
import java.util.Locale;
import java.util.Optional;

/** How a check of a request went: a word of the pages' texts, and a class of their style. */
enum CheckState {
  PASSED,
  /** In a dry run: the client's secret is not compared. */
  BELIEVED,
  FAILED,
  /** In a dry run without the tokens: a code or token could not be looked up. */
  UNASKED,
  UNREACHED;

  /** Of a request that failed this check, if it failed one. */
  static CheckState of(Check check, Optional<Check> failed) {
    int order = failed.map(check::compareTo).orElse(-1);
    return order < 0 ? PASSED : order == 0 ? FAILED : UNREACHED;
  }

  /** The same of a dry run, which takes the client at its word. */
  static CheckState ofDryRun(Check check, Optional<Check> failed) {
    CheckState state = of(check, failed);
    return state == PASSED && check == Check.CLIENT ? BELIEVED : state;
  }

  /** The name of its text. */
  String text() {
    return "trace." + styleClass();
  }

  String styleClass() {
    return name().toLowerCase(Locale.ROOT);
  }
}
