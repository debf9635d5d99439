package dev.postern.servlet;

import dev.postern.core.TokenListener.RefusedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The refusals of late, in memory: so many at most, and none older than the retention. Holds no
 * credential; what came from outside is escaped and cut as in the log. Thread-safe.
 */
final class RecentRefusals {
  private final Duration retention;
  private final int most;
  private final InstantSource clock;
  private final Deque<RefusedEvent> events = new ArrayDeque<>();

  RecentRefusals(Duration retention, int most, InstantSource clock) {
    this.retention = retention;
    this.most = most;
    this.clock = clock;
  }

  void add(RefusedEvent event) {
    RefusedEvent kept =
        new RefusedEvent(
            event.at(),
            event.traceId(),
            event.correlationId(),
            event.refusal().withDetail(RefusalLog.escaped(event.refusal().detail())),
            RefusalLog.escaped(event.clientId()),
            RefusalLog.escaped(event.source()));
    synchronized (events) {
      events.addFirst(kept);
      if (events.size() > most) {
        events.removeLast();
      }
    }
  }

  /** Those that are not older than the retention; one that is just as old still counts. */
  List<RefusedEvent> newestFirst() {
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
