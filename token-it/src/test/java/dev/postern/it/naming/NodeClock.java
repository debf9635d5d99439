package dev.postern.it.naming;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of a node whose clock is wrong: what applications there call in place of the JDK's
 * methods of the same names. It is off by the system property {@code postern.it.clock}.
 */
public final class NodeClock {
  /** How much it is ahead, as in {@code PT10M} or {@code PT-10M}. */
  public static final String OFFSET = "postern.it.clock";

  private static final Duration AHEAD = Duration.parse(System.getProperty(OFFSET, "PT0S"));

  private NodeClock() {}

  /** In place of {@link InstantSource#system}. */
  public static InstantSource system() {
    return InstantSource.offset(InstantSource.system(), AHEAD);
  }

  /** In place of {@link Instant#now()}. */
  public static Instant now() {
    return system().instant();
  }

  /** In place of {@link System#currentTimeMillis}. */
  public static long currentTimeMillis() {
    return system().millis();
  }
}
