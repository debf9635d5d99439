package dev.postern.servlet.pages;

import dev.postern.core.Check;
import dev.postern.core.DryRun;
import java.util.Locale;
import java.util.Optional;

/** How a check of a request went: a word of the pages' texts, and a class of their style. */
enum CheckState {
  PASSED,
  /** In a dry run: no secret and no password is compared. */
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

  /** The same of a dry run. */
  static CheckState of(Check check, DryRun.Outlook outlook) {
    CheckState state = of(check, outlook.refusal().map(refusal -> refusal.reason().check()));
    return state == PASSED && outlook.believed().contains(check) ? BELIEVED : state;
  }

  /** The name of its text. */
  String text() {
    return "trace." + styleClass();
  }

  String styleClass() {
    return name().toLowerCase(Locale.ROOT);
  }
}
