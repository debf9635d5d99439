package dev.postern.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a slow hash: a client pays once, and a flood leaves room")
class SlowHashTest {
  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private static final Secret RIGHT = Secret.of("right");
  private static final Secret WRONG = Secret.of("wrong");

  private final AtomicInteger computed = new AtomicInteger();
  private final Predicate<Secret> slowly =
      secret -> {
        computed.incrementAndGet();
        return secret.matches(RIGHT);
      };
  private final SlowHash hash = new SlowHash("$slow$1", false, slowly);

  @Test
  void the_right_secret_is_computed_once() {
    for (int i = 0; i < 5; i++) {
      assertThat(hash.matches(RIGHT)).isTrue();
    }

    assertThat(computed).hasValue(1);
  }

  @Test
  @DisplayName("what is remembered never lets a wrong secret pass")
  void a_wrong_secret_is_computed_each_time() {
    assertThat(hash.matches(WRONG)).isFalse();
    assertThat(hash.matches(WRONG)).isFalse();
    assertThat(hash.matches(RIGHT)).isTrue();
    for (String wrong :
        List.of("wrong", "righ", "rightt", "", "Right", "right\0", "$slow$1right")) {
      assertThat(hash.matches(Secret.of(wrong))).as(wrong).isFalse();
    }
    assertThat(computed).hasValue(10);

    assertThat(hash.matches(RIGHT)).isTrue();
    assertThat(computed).hasValue(10);
  }

  @Test
  void each_hash_remembers_its_own() {
    SlowHash other = new SlowHash("$slow$2", false, secret -> false);
    hash.matches(RIGHT);

    assertThat(other.matches(RIGHT)).isFalse();
    assertThat(new SlowHash("$slow$1", false, secret -> false).matches(RIGHT)).isFalse();
  }

  @Test
  void room_is_given_back_when_computing_fails() {
    SlowHash failing =
        new SlowHash(
            "$slow$3",
            false,
            secret -> {
              throw new IllegalStateException("broken");
            });
    for (int i = 0; i <= AT_ONCE; i++) {
      assertThatIllegalStateException().isThrownBy(() -> failing.matches(RIGHT));
    }

    assertThat(hash.matches(RIGHT)).isTrue();
  }

  @Test
  @DisplayName("only so many are computed at once; who waits too long is told so")
  void too_busy() throws Exception {
    CountDownLatch busy = new CountDownLatch(AT_ONCE);
    CountDownLatch enough = new CountDownLatch(1);
    SlowHash blocking =
        new SlowHash(
            "$slow$4",
            false,
            secret -> {
              busy.countDown();
              try {
                enough.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return true;
            });
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<Boolean>> blocked = new ArrayList<>();
    try {
      hash.matches(RIGHT);
      for (int i = 0; i < AT_ONCE; i++) {
        blocked.add(threads.submit(() -> blocking.matches(RIGHT)));
      }
      busy.await();

      UnavailableException e =
          catchThrowableOfType(UnavailableException.class, () -> hash.matches(WRONG));
      assertThat(e.refusal().reason()).isEqualTo(StandardReason.TOO_BUSY);
      assertThat(e).hasMessage("no slow hash could be computed within 2 s");
      // Who was right before does not have to wait.
      assertThat(hash.matches(RIGHT)).isTrue();
      assertThat(computed).hasValue(1);

      Thread.currentThread().interrupt();
      UnavailableException interrupted =
          catchThrowableOfType(UnavailableException.class, () -> hash.matches(WRONG));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(interrupted.refusal().reason()).isEqualTo(StandardReason.TOO_BUSY);
      assertThat(interrupted).hasCauseInstanceOf(InterruptedException.class);
    } finally {
      enough.countDown();
      threads.shutdown();
    }
    for (Future<Boolean> done : blocked) {
      assertThat(done.get()).isTrue();
    }
    assertThat(hash.matches(WRONG)).isFalse();
  }
}
