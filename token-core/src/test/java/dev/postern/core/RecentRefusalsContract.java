package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.TokenListener.RefusedEvent;
import dev.postern.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of recent refusals, wherever they are kept. */
public abstract class RecentRefusalsContract {
  protected static final Duration RETENTION = Duration.ofHours(30);
  private static final Duration INSTANT = Duration.ofMillis(1);

  protected final SettableClock clock = new SettableClock();

  /** Always the same ones within a test; none yet. */
  protected abstract RecentRefusals refusals();

  /** The same ones, as an operator sees them who asks another node, if there are several. */
  protected abstract RecentRefusals elsewhere();

  /** What this node has kept is known elsewhere. */
  protected abstract void told();

  protected static RefusedEvent event(String id, Instant at, Refusal refusal, String client) {
    return new RefusedEvent(at, id, "c-" + id, refusal, client, "192.0.2.7", "/shop/oauth/token");
  }

  private void add(String id, Duration age, StandardReason reason, String client) {
    refusals()
        .add(event(id, clock.instant().minus(age), Refusal.of(reason).withDetail("d"), client));
  }

  private void addThree() {
    add("t-3", Duration.ofHours(25), StandardReason.CODE_SPENT, "shop");
    add("t-2", Duration.ofSeconds(2), StandardReason.SECRET_MISMATCH, "");
    add("t-1", Duration.ofSeconds(1), StandardReason.CODE_SPENT, "batch");
    told();
  }

  @Test
  void the_newest_first_with_counts() {
    addThree();

    for (RecentRefusals node : new RecentRefusals[] {refusals(), elsewhere()}) {
      RefusalSummary all = node.summary(" ");
      assertThat(all.newest())
          .extracting(RefusedEvent::traceId)
          .containsExactly("t-1", "t-2", "t-3");
      assertThat(all.numbers().entrySet().stream().map(Objects::toString))
          .containsExactly("TOK3103=2", "TOK2102=1");
      assertThat(all.clients().entrySet().stream().map(Objects::toString))
          .containsExactly("batch=1", "shop=1");
      LocalDate today = LocalDate.parse(clock.instant().toString().substring(0, 10));
      assertThat(all.days().entrySet().stream().map(Objects::toString))
          .containsExactly(today.minusDays(1) + "=1", today + "=2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "t-2, t-2",
    "c-t-2, t-2",
    "TOK2102, t-2",
    "tok2102, t-2",
    "' 2102 ', t-2",
    "shop, t-3",
  })
  void by_id_number_or_client(String asked, String id) {
    addThree();

    for (RecentRefusals node : new RecentRefusals[] {refusals(), elsewhere()}) {
      RefusalSummary some = node.summary(asked);
      assertThat(some.newest()).extracting(RefusedEvent::traceId).containsExactly(id);
      assertThat(some.numbers().values()).containsExactly(1L);
      assertThat(some.days().values()).containsExactly(1L);
    }
  }

  @Test
  void what_nobody_knows_is_not_there() {
    addThree();

    for (String asked : new String[] {"T-2", "t", "99999999999", "-1", "'", "%", "210"}) {
      RefusalSummary none = elsewhere().summary(asked);
      assertThat(none.newest()).isEmpty();
      assertThat(none.numbers()).isEmpty();
      assertThat(none.clients()).isEmpty();
      assertThat(none.days()).isEmpty();
    }
    assertThat(refusals().find("t-4")).isEmpty();
    assertThat(refusals().find("c-t-2")).isEmpty();
  }

  @Test
  void a_refusal_comes_back_as_it_was() {
    Refusal refusal = new Refusal(StandardReason.SECRET_EXPIRED, "client_id", "since 2026");
    RefusedEvent event = event("t-1", clock.instant(), refusal, "batch \\u0041\"'");
    refusals().add(event);
    assertThat(refusals().find("t-1")).as("at once").contains(event);
    told();

    assertThat(elsewhere().find("t-1")).contains(event);
    assertThat(elsewhere().summary("").newest()).containsExactly(event);
  }

  @Test
  @DisplayName("none older than the retention; one that is just as old still counts")
  void retention() {
    add("older", RETENTION.plus(INSTANT), StandardReason.CODE_SPENT, "batch");
    add("just", RETENTION, StandardReason.CODE_SPENT, "batch");
    told();

    for (RecentRefusals node : new RecentRefusals[] {refusals(), elsewhere()}) {
      assertThat(node.summary("").newest()).extracting(RefusedEvent::traceId).containsOnly("just");
      assertThat(node.summary("").numbers()).containsEntry("TOK3103", 1L);
      assertThat(node.summary("batch").days().values()).containsExactly(1L);
      assertThat(node.find("older")).isEmpty();
      assertThat(node.find("just")).isPresent();
    }
  }

  @Test
  @DisplayName("a hundred are listed, ten numbers and clients counted, all days")
  void many() {
    for (int i = 0; i < 60; i++) {
      add("a-" + i, Duration.ofSeconds(200 - i), StandardReason.CODE_SPENT, "client " + i % 20);
    }
    told();
    for (int i = 0; i < 60; i++) {
      add("b-" + i, Duration.ofSeconds(100 - i), StandardReason.values()[i % 20], "shop");
    }
    told();

    RefusalSummary all = elsewhere().summary("");
    assertThat(all.newest()).hasSize(RefusalSummary.MOST_LISTED);
    assertThat(all.newest().get(0).traceId()).isEqualTo("b-59");
    assertThat(all.numbers()).hasSize(RefusalSummary.MOST_COUNTED);
    assertThat(all.clients()).hasSize(RefusalSummary.MOST_COUNTED);
    assertThat(all.clients().entrySet().iterator().next().toString()).isEqualTo("shop=60");
    assertThat(all.days().values().stream().mapToLong(count -> count).sum()).isEqualTo(120);
  }
}
