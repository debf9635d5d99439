package dev.postern.core.jdbc;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time as the database has it, so that nodes whose own clocks differ judge alike. It is read
 * off whatever is asked of the database anyway, and goes on by this machine's steady clock in
 * between. Thread-safe.
 */
final class DatabaseClock implements InstantSource {
  private final InstantSource own;
  private volatile Reading reading;

  /** A clock that shows {@code own} time until the database has been asked. */
  DatabaseClock(InstantSource own) {
    this.own = own;
    this.reading = new Reading(own.millis(), System.nanoTime());
  }

  /** Takes note of what the database says. */
  void set(long millis) {
    reading = new Reading(millis, System.nanoTime());
  }

  /** How many milliseconds the database is ahead of this machine's own clock. */
  long aheadMillis() {
    return millis() - own.millis();
  }

  @Override
  public long millis() {
    Reading last = reading;
    return last.millis + (System.nanoTime() - last.atNanos) / 1_000_000;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  private record Reading(long millis, long atNanos) {}
}
