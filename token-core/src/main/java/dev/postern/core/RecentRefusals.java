package dev.postern.core;

import dev.postern.core.TokenListener.RefusedEvent;
import java.util.Optional;

/**
 * The refusals of late, for the operator: so many at most, and none older than a retention. Told on
 * the way of a refusal, so {@link #add} waits for nothing, and what cannot be kept is dropped and
 * counted. Thread-safe.
 */
public interface RecentRefusals extends AutoCloseable {

  /** Keeps a refusal. Whatever came from outside is escaped and cut already; no credential. */
  void add(RefusedEvent event);

  /**
   * Those that {@code asked} is about: a trace id, a correlation id, a number, a client; all when
   * it is blank.
   */
  RefusalSummary summary(String asked);

  /** The refusal of this trace id, if it is kept and where it is kept can be asked. */
  Optional<RefusedEvent> find(String traceId);

  /** How many could not be kept where they should have been. */
  default long dropped() {
    return 0;
  }

  /** Lets go of what it has opened. */
  @Override
  default void close() {}
}
