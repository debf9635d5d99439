package dev.postern.core;

import java.time.Duration;

/**
 * Whether something kept is alive, as its store judges it.
 *
 * @param state alive, or how it ended; spent and revoked come before expired
 * @param since how long ago it ended; zero while it lives or when it is not known
 */
public record Life(State state, Duration since) {

  /** A clock that was set back leaves nothing that ends in the future. */
  public Life {
    since = since.isNegative() ? Duration.ZERO : since;
  }

  /** Alive, or how it ended. */
  public enum State {
    LIVE,
    EXPIRED,
    SPENT,
    REVOKED
  }

  public static final Life LIVE = new Life(State.LIVE, Duration.ZERO);

  /** That it is dead, for {@code reason}; the operator is told since when, if that is known. */
  public Refusal refusal(Reason reason) {
    Refusal refusal = Refusal.of(reason);
    return since.isZero() ? refusal : refusal.withDetail(since.toSeconds() + " s ago");
  }
}
