package dev.postern.core.memory;

import dev.postern.core.RecentRefusals;
import dev.postern.core.RefusalSearch;
import dev.postern.core.RefusalSummary;
import dev.postern.core.TokenListener.RefusedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The refusals of late of one process, which are gone when it ends. Thread-safe. */
public final class MemoryRefusals implements RecentRefusals {
  private final Duration retention;
  private final int most;
  private final InstantSource clock;
  private final Deque<RefusedEvent> events = new ArrayDeque<>();

  /**
   * None yet.
   *
   * @param retention how long they are kept; one that is just as old still counts
   * @param most how many are kept; then the oldest goes
   */
  public MemoryRefusals(Duration retention, int most, InstantSource clock) {
    this.retention = retention;
    this.most = most;
    this.clock = clock;
  }

  @Override
  public void add(RefusedEvent event) {
    synchronized (events) {
      events.addFirst(event);
      if (events.size() > most) {
        events.removeLast();
      }
    }
  }

  @Override
  public RefusalSummary summary(String asked) {
    RefusalSearch search = RefusalSearch.of(asked);
    return RefusalSummary.of(
        RefusalSummary.Reach.THIS_NODE, newestFirst().stream().filter(search::isFor).toList());
  }

  @Override
  public Optional<RefusedEvent> find(String traceId) {
    return newestFirst().stream().filter(event -> event.traceId().equals(traceId)).findFirst();
  }

  private List<RefusedEvent> newestFirst() {
    Instant oldest = clock.instant().minus(retention);
    synchronized (events) {
      for (Iterator<RefusedEvent> old = events.descendingIterator(); old.hasNext(); ) {
        if (!old.next().at().isBefore(oldest)) {
          break;
        }
        old.remove();
      }
      return List.copyOf(events);
    }
  }
}
