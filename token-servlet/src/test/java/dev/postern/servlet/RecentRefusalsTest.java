package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenListener.RefusedEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Issue 4: refusals in a bounded ring in memory")
class RecentRefusalsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");

  private static RecentRefusals recent(int most, Instant now) {
    return new RecentRefusals(Duration.ofHours(1), most, () -> now);
  }

  private static RefusedEvent event(String id, Instant at, String client) {
    Refusal refusal = Refusal.of(StandardReason.CLIENT_UNKNOWN).withDetail("d\u202Ed");
    return new RefusedEvent(at, id, "c", refusal, client, "192.0.2.7");
  }

  @Test
  void the_newest_first_and_no_more_than_so_many() {
    RecentRefusals recent = recent(3, NOW);
    for (int i = 0; i < 10; i++) {
      recent.add(event("t-" + i, NOW, "batch"));
    }

    assertThat(recent.newestFirst())
        .extracting(RefusedEvent::traceId)
        .containsExactly("t-9", "t-8", "t-7");
  }

  @Test
  void none_older_than_the_retention() {
    RecentRefusals recent = recent(10, NOW);
    recent.add(event("older", NOW.minus(Duration.ofHours(1)).minusNanos(1), "batch"));
    recent.add(event("just", NOW.minus(Duration.ofHours(1)), "batch"));

    assertThat(recent.newestFirst()).extracting(RefusedEvent::traceId).containsExactly("just");
  }

  @Test
  void what_came_from_outside_is_escaped_and_cut() {
    RecentRefusals recent = recent(10, NOW);
    recent.add(event("t", NOW, "a\r\n<b>" + "x".repeat(4_000)));

    assertThat(recent.newestFirst())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.clientId())
                  .startsWith("a\\u000d\\u000a\\u003cb")
                  .hasSizeLessThan(300);
              assertThat(event.refusal().detail()).isEqualTo("d\\u202ed");
            });
  }
}
