package dev.postern.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that goes on when it is told to: so many requests a second, however fast they are made.
 * Used by one thread.
 */
final class TickingClock implements InstantSource {
  private final long stepMillis;
  private long now = 1_800_000_000_000L;

  TickingClock(Duration step) {
    this.stepMillis = step.toMillis();
  }

  void tick() {
    now += stepMillis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public long millis() {
    return now;
  }
}
