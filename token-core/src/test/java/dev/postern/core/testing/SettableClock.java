package dev.postern.core.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** A clock that stands still until it is told otherwise. Thread-safe. */
public final class SettableClock implements InstantSource {
  /** When every test begins. */
  public static final Instant START = Instant.parse("2026-11-22T14:00:00Z");

  private volatile Instant now = START;
  private volatile Consumer<Instant> follower = instant -> {};

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration by) {
    set(now.plus(by));
  }

  public void set(Instant instant) {
    now = instant;
    follower.accept(instant);
  }

  /** Tells {@code other} the time, now and whenever it is changed. */
  public void leads(Consumer<Instant> other) {
    follower = other;
    other.accept(now);
  }
}
