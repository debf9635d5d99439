package dev.postern.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.RecentRefusals;
import dev.postern.core.RecentRefusalsContract;
import dev.postern.core.Refusal;
import dev.postern.core.RefusalSummary.Reach;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenListener.RefusedEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Issue 4: refusals in a bounded ring in memory")
class MemoryRefusalsTest extends RecentRefusalsContract {
  private final MemoryRefusals refusals = new MemoryRefusals(RETENTION, 120, clock);

  @Override
  protected RecentRefusals refusals() {
    return refusals;
  }

  @Override
  protected RecentRefusals elsewhere() {
    return refusals;
  }

  @Override
  protected void told() {}

  @Test
  void no_more_than_so_many() {
    MemoryRefusals few = new MemoryRefusals(RETENTION, 3, clock);
    for (int i = 0; i < 10; i++) {
      few.add(event("t-" + i, clock.instant(), Refusal.of(StandardReason.CLIENT_UNKNOWN), "batch"));
    }

    assertThat(few.summary("").newest())
        .extracting(RefusedEvent::traceId)
        .containsExactly("t-9", "t-8", "t-7");
    assertThat(few.summary("").reach()).isEqualTo(Reach.THIS_NODE);
    assertThat(few.dropped()).isZero();
  }
}
