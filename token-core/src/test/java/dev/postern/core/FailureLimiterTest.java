package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6749-2.3.1")
@DisplayName("guessing is slowed down, in bounded memory")
class FailureLimiterTest {
  private final SettableClock clock = new SettableClock();
  private final FailureLimiter limiter = new FailureLimiter(3, clock, 0x1234_5678_9ABC_DEF0L);

  private void fail(String name, String source, int times) {
    for (int i = 0; i < times; i++) {
      limiter.count(name, source);
    }
  }

  @Test
  void the_limit_itself_still_passes() {
    assertThat(limiter.isExhausted("a", "s")).isFalse();
    assertThat(limiter.count("a", "s")).isFalse();
    assertThat(limiter.count("a", "s")).isFalse();
    assertThat(limiter.isExhausted("a", "s")).isFalse();
    assertThat(limiter.count("a", "s")).isFalse();
    assertThat(limiter.isExhausted("a", "s")).isTrue();
    assertThat(limiter.count("a", "s")).isTrue();
    assertThat(limiter.count("a", "s")).isTrue();
    assertThat(limiter.isExhausted("a", "s")).isTrue();
  }

  @Test
  @DisplayName("the minute begins with the first failure and is over after 60 s")
  void window() {
    fail("a", "s", 1);
    clock.advance(Duration.ofSeconds(30));
    fail("a", "s", 2);
    clock.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(limiter.isExhausted("a", "s")).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(limiter.isExhausted("a", "s")).isFalse();
    assertThat(limiter.count("a", "s")).isFalse();
    assertThat(limiter.isExhausted("a", "s")).isFalse();
    assertThat(limiter.window()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void names_and_sources_count_apart() {
    fail("a", "s", 5);

    assertThat(limiter.isExhausted("a", "t")).isFalse();
    assertThat(limiter.isExhausted("b", "s")).isFalse();
    assertThat(limiter.isExhausted("as", "")).isFalse();
    assertThat(limiter.isExhausted("", "as")).isFalse();
    assertThat(limiter.isExhausted("s", "a")).isFalse();
    assertThat(limiter.isExhausted("", "")).isFalse();
    assertThat(limiter.isExhausted("a", "s")).isTrue();
  }

  @Test
  void limit_0_counts_nothing() {
    FailureLimiter off = new FailureLimiter(0, clock, 1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(off.count("a", "s")).isFalse();
    }

    assertThat(off.isExhausted("a", "s")).isFalse();
  }

  @Test
  void limit_1() {
    FailureLimiter strict = new FailureLimiter(1, clock, 1);

    assertThat(strict.count("a", "s")).isFalse();
    assertThat(strict.isExhausted("a", "s")).isTrue();
    assertThat(strict.count("a", "s")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 60_001, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void limits_that_make_no_sense(int limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FailureLimiter(limit, clock, 1))
        .withMessage("limit has to be 0 to 60000, not " + limit);
  }

  @Test
  void the_greatest_limit() {
    FailureLimiter lax = new FailureLimiter(60_000, clock, 1);
    for (int i = 0; i < 60_000; i++) {
      assertThat(lax.count("a", "s")).isFalse();
    }

    assertThat(lax.count("a", "s")).isTrue();
    // The count stops at its end instead of starting over.
    for (int i = 0; i < 10_000; i++) {
      lax.count("a", "s");
    }
    assertThat(lax.isExhausted("a", "s")).isTrue();
    assertThat(lax.count("a", "s")).isTrue();
  }

  @Test
  @DisplayName("a flood of 100,000 names does not reset a counter that is hot")
  void flood_of_names() {
    fail("hot", "s", 5);
    int exhausted = 0;
    for (int i = 0; i < 100_000; i++) {
      limiter.count("name" + i, "s" + i);
      exhausted += limiter.isExhausted("name" + i, "s" + i) ? 1 : 0;
    }

    assertThat(limiter.isExhausted("hot", "s")).isTrue();
    assertThat(exhausted).isZero();
  }

  @Test
  @DisplayName("who makes up a new name each time has ten times the failures of a name, no more")
  void made_up_names() {
    FailureLimiter three = new FailureLimiter(3, clock, 1);
    for (int i = 0; i < 30; i++) {
      assertThat(three.isExhausted("name", "s")).isFalse();
      assertThat(three.count("name" + i, "s")).isFalse();
    }

    assertThat(three.isExhausted("name", "s")).isTrue();
    assertThat(three.count("name", "s")).isFalse();
    assertThat(three.isExhausted("name", "elsewhere")).isFalse();
    clock.advance(Duration.ofMinutes(1));
    assertThat(three.isExhausted("name", "s")).isFalse();
  }

  @Test
  @DisplayName("a flood of names from many sources does not either")
  void flood_of_sources() {
    fail("hot", "s", 5);
    for (int i = 0; i < 100_000; i++) {
      limiter.count("hot", "source" + i);
    }

    assertThat(limiter.isExhausted("hot", "s")).isTrue();
  }

  @Test
  void what_is_over_makes_room_first() {
    fail("old", "s", 3);
    clock.advance(Duration.ofMinutes(1));
    fail("new", "s", 3);
    for (int i = 0; i < 100_000; i++) {
      limiter.count("name" + i, "s" + i);
    }

    assertThat(limiter.isExhausted("new", "s")).isTrue();
    assertThat(limiter.isExhausted("old", "s")).isFalse();
  }

  @Test
  @DisplayName("thousands that fail at once are each counted")
  void many_hot_names() {
    int braked = 0;
    for (int i = 0; i < 4_000; i++) {
      fail("name" + i, "s", 3);
    }
    for (int i = 0; i < 4_000; i++) {
      braked += limiter.isExhausted("name" + i, "s") ? 1 : 0;
    }

    // 32,768 slots in sets of four: a few sets overflow.
    assertThat(braked).isGreaterThan(3_980);
  }

  @Test
  void who_shares_a_slot_depends_on_the_seed() {
    FailureLimiter even = new FailureLimiter(3, clock, 2);
    FailureLimiter odd = new FailureLimiter(3, clock, 99);
    for (FailureLimiter each : List.of(even, odd)) {
      for (int i = 0; i < 4; i++) {
        each.count("a", "s");
      }
      assertThat(each.isExhausted("a", "s")).isTrue();
      assertThat(each.isExhausted("b", "s")).isFalse();
    }
  }

  @Test
  @DisplayName("a clock that is set back a little ends no minute, one that is set back by far does")
  void clock_set_back() {
    fail("a", "s", 3);

    for (Duration back : List.of(Duration.ofMillis(1), Duration.ofSeconds(58))) {
      clock.advance(back.negated());
      assertThat(limiter.isExhausted("a", "s")).isTrue();
      assertThat(limiter.count("a", "s")).isTrue();
    }
    clock.advance(Duration.ofSeconds(59));
    assertThat(limiter.isExhausted("a", "s")).isTrue();
    clock.advance(Duration.ofMinutes(-2));
    assertThat(limiter.isExhausted("a", "s")).isFalse();
  }

  private Outcome<String> compare(
      FailureLimiter with, String source, Supplier<Outcome<String>> compared) {
    return with.compare("a", source, StandardReason.PASSWORD_REFUSED, compared);
  }

  @Test
  void what_is_no_failure_is_given_back() {
    for (int i = 0; i < 50; i++) {
      compare(limiter, "s", () -> Outcome.of("right"));
      compare(limiter, "s", () -> Outcome.refused(StandardReason.USER_ALREADY_LOGGED_IN));
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  compare(
                      limiter,
                      "s",
                      () -> {
                        throw new IllegalStateException("the realm is down");
                      }));
    }

    fail("a", "s", 2);
    assertThat(limiter.isExhausted("a", "s")).isFalse();
    fail("a", "s", 1);
    assertThat(limiter.isExhausted("a", "s")).isTrue();
    // Nor has the source lost any of its thirty.
    for (int i = 3; i < 30; i++) {
      assertThat(limiter.isExhausted("b", "s")).isFalse();
      limiter.count("name" + i, "s");
    }
    assertThat(limiter.isExhausted("b", "s")).isTrue();
  }

  @Test
  void a_source_that_has_failed_too_often_compares_nothing_and_takes_nothing_from_the_name() {
    for (int i = 0; i < 30; i++) {
      limiter.count("name" + i, "s");
    }
    AtomicInteger compared = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      assertThat(compare(limiter, "s", () -> Outcome.of("right " + compared.incrementAndGet())))
          .isEqualTo(Outcome.refused(StandardReason.TOO_MANY_FAILURES));
    }

    assertThat(compared).hasValue(0);
    clock.advance(Duration.ofMinutes(1));
    fail("a", "s", 2);
    assertThat(limiter.isExhausted("a", "s")).isFalse();
  }

  @Test
  @DisplayName("a login that was begun in one minute takes back nobody's failures in the next")
  void a_right_login_that_takes_longer_than_its_minute() {
    compare(
        limiter,
        "s",
        () -> {
          clock.advance(Duration.ofMinutes(1));
          fail("a", "s", 3);
          return Outcome.of("right");
        });

    assertThat(limiter.isExhausted("a", "s")).isTrue();
  }

  @Test
  @DisplayName("and a wrong one counts in the minute in which it is known to be")
  void a_wrong_login_that_takes_longer_than_its_minute() {
    for (int i = 0; i < 3; i++) {
      compare(
          limiter,
          "s",
          () -> {
            clock.advance(Duration.ofSeconds(61));
            fail("a", "s", 2);
            return Outcome.refused(StandardReason.PASSWORD_REFUSED);
          });
      assertThat(limiter.isExhausted("a", "s")).isTrue();
      clock.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void with_limit_0_all_is_compared() {
    FailureLimiter off = new FailureLimiter(0, clock, 1);
    AtomicInteger compared = new AtomicInteger();
    for (int i = 0; i < 50; i++) {
      compare(
          off,
          "s",
          () -> {
            compared.incrementAndGet();
            return Outcome.refused(StandardReason.PASSWORD_REFUSED);
          });
    }

    assertThat(compared).hasValue(50);
  }

  @Test
  @DisplayName("who fail at once for the first time are counted in the same place")
  void first_at_once() throws Exception {
    FailureLimiter two = new FailureLimiter(2, clock, 7);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 100; round++) {
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Boolean> fails =
            () -> {
              start.await();
              for (int i = 0; i < 1_000; i++) {
                two.count("a", "s" + i);
              }
              return true;
            };
        for (Future<Boolean> done : threads.invokeAll(List.of(fails, fails))) {
          assertThat(done.get()).isTrue();
        }
        for (int i = 0; i < 1_000; i++) {
          assertThat(two.isExhausted("a", "s" + i)).isTrue();
        }
        clock.advance(Duration.ofMinutes(1));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void no_failure_is_lost_when_many_fail_at_once() throws Exception {
    FailureLimiter shared = new FailureLimiter(40_000, clock, 7);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicInteger over = new AtomicInteger();
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        work.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 10_005; i++) {
                    if (shared.count("a", "s")) {
                      over.incrementAndGet();
                    }
                  }
                }));
      }
      for (Future<?> done : work) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(over).hasValue(20);
  }
}
