package dev.postern.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.servlet.doctor.FindingKind;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Looks at what the whole run has provoked, so it comes last and is nothing alone: {@code
 * -Dit.test=TomcatContractIT,RareRefusalsIT,Doctor*IT,NumbersIT} is the least it can be run with.
 */
@DisplayName("Issue 4: an end-to-end request has provoked every number, and its page was opened")
@Order(Integer.MAX_VALUE)
class NumbersIT {
  private static final String HOW =
      "numbers that no test has provoked; see NumbersIT for the tests that belong to it";

  /** Whose answers lead to no page of their own, each with the reason why. */
  private static final Map<StandardReason, String> WITHOUT_ERROR_URI =
      Map.of(
          StandardReason.BEARER_TOKEN_MISSING,
          "who brings no token SHOULD NOT be told of an error (RFC 6750 s3.1)");

  @Test
  void every_reason_has_refused_a_request() {
    Set<Integer> missing =
        Stream.of(StandardReason.values())
            .map(StandardReason::number)
            .collect(Collectors.toCollection(TreeSet::new));
    missing.removeAll(Provoked.refusedFor());

    assertThat(missing).as(HOW).isEmpty();
  }

  @Test
  void the_error_uri_of_every_public_reason_was_opened() {
    Set<Integer> missing =
        Stream.of(StandardReason.values())
            .filter(reason -> reason.face() == reason && !WITHOUT_ERROR_URI.containsKey(reason))
            .map(StandardReason::number)
            .collect(Collectors.toCollection(TreeSet::new));
    missing.removeAll(Provoked.opened());

    assertThat(missing).as(HOW).isEmpty();
  }

  @Test
  void the_doctor_has_found_everything_that_there_is_to_find() {
    Set<Integer> missing =
        Stream.of(FindingKind.values())
            .map(FindingKind::number)
            .collect(Collectors.toCollection(TreeSet::new));
    missing.removeAll(Provoked.found());

    assertThat(missing).as(HOW).isEmpty();
  }
}
