package dev.postern.servlet.pages;

import dev.postern.core.Check;
import dev.postern.core.DryRun;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import java.util.List;
import java.util.function.Function;

/** What would come of a request, in plain text for a terminal. Immutable. */
public final class DryRunText {
  private final Texts texts;

  /**
   * The text in a language.
   *
   * @param languages as in {@code Accept-Language}; English where there is none of these
   */
  public DryRunText(String languages) {
    this.texts = Languages.found().choose(new PageRequest("", "", languages, ""));
  }

  /** The languages that there are. */
  public static List<String> languages() {
    return Languages.found().all().stream().map(Texts::language).toList();
  }

  /** A sentence in place of a result. */
  public String said(String name) {
    return texts.get(name) + "\n";
  }

  /** The checks in their order; then the refusal and what to do, or that tokens would be issued. */
  public String result(DryRun.Outlook outlook) {
    StringBuilder text = checks(check -> CheckState.of(check, outlook));
    outlook
        .refusal()
        .ifPresentOrElse(found -> refused(text, found), () -> line(text, texts.get("dry.issued")));
    return text.toString();
  }

  /** The checks up to the code or token, which only who has the tokens could look up. */
  public String undecided(DryRun.Outlook outlook) {
    StringBuilder text =
        checks(
            check ->
                check.compareTo(Check.GRANT) < 0
                    ? CheckState.of(check, outlook)
                    : CheckState.UNASKED);
    line(text, texts.get("dry.unasked"));
    return text.toString();
  }

  private StringBuilder checks(Function<Check, CheckState> states) {
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (Check check : Check.values()) {
      number++;
      String place = (number < 10 ? " " : "") + number + ". ";
      line(
          text, place + texts.get("check." + check) + ": " + texts.get(states.apply(check).text()));
    }
    return text.append('\n');
  }

  private void refused(StringBuilder text, Refusal refusal) {
    Reason reason = refusal.reason();
    line(text, texts.get("dry.refused") + " " + reason.label() + " " + texts.heading(reason));
    named(text, "log", reason.name());
    named(text, "trace.detail", refusal.detail());
    named(text, "answer", refusal.description());
    named(text, "administrator", texts.reasons().administrator(reason));
  }

  private void named(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      line(text, texts.get(name) + ": " + value);
    }
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
