package dev.postern.servlet;

import static org.assertj.core.api.Assertions.fail;

import dev.postern.core.Outcome;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;

/** Takes outcomes apart. */
public final class Outcomes {
  private Outcomes() {}

  public static <T> T passed(Outcome<T> outcome) {
    return outcome.fold(value -> value, refusal -> fail("refused: " + refusal));
  }

  public static Refusal refusal(Outcome<?> outcome) {
    return outcome.fold(value -> fail("passed: " + value), refusal -> refusal);
  }

  public static Reason reason(Outcome<?> outcome) {
    return refusal(outcome).reason();
  }
}
