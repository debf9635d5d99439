package dev.postern.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code prompt} says of asking the user (OpenID Connect Core 1.0 s3.1.2.1; clients use it
 * without OpenID Connect too).
 *
 * @param isSilent {@code none}: the user is asked nothing at all
 * @param isLoginAsked {@code login} or {@code select_account}: the user is to log in again
 * @param isConsentAsked {@code consent}: the user is asked although the answer is remembered
 */
record Prompt(boolean isSilent, boolean isLoginAsked, boolean isConsentAsked) {
  private static final Set<String> KNOWN = Set.of("none", "login", "consent", "select_account");

  static Outcome<Prompt> parse(Optional<String> sent) {
    List<String> values = sent.map(text -> List.of(text.split(" ", -1))).orElse(List.of());
    boolean isNone = values.contains("none");
    if (!KNOWN.containsAll(values) || (isNone && values.size() > 1)) {
      return Outcome.refused(StandardReason.PROMPT_UNSUPPORTED, "prompt");
    }
    return Outcome.of(
        new Prompt(
            isNone,
            values.contains("login") || values.contains("select_account"),
            values.contains("consent")));
  }
}
