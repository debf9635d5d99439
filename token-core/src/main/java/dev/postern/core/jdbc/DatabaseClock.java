package dev.postern.core.jdbc;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time as the database has it, so that nodes whose own clocks differ judge alike. It is read
 * off whatever is asked of the database anyway, and goes on by this machine's steady clock in
 * between. Thread-safe.
 */
final class DatabaseClock implements InstantSource {
  private final InstantSource own;
  private final LongSupplier nanos;
  private volatile @Nullable Reading reading;

  /**
   * A clock that shows {@code own} time until the database has been asked.
   *
   * @param nanos the steady clock of this machine
   */
  DatabaseClock(InstantSource own, LongSupplier nanos) {
    this.own = own;
    this.nanos = nanos;
  }

  /** Takes note of what the database says. */
  void set(long millis) {
    reading = new Reading(millis, nanos.getAsLong());
  }

  @Override
  public long millis() {
    Reading last = reading;
    return last == null
        ? own.millis()
        : last.millis + (nanos.getAsLong() - last.atNanos) / 1_000_000;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  private record Reading(long millis, long atNanos) {}
}
