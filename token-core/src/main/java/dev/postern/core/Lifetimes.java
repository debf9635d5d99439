package dev.postern.core;

import java.time.Duration;

/**
 * How long what is issued lives, to the second; the instant at which it ends is too late.
 *
 * @param accessToken of an access token
 * @param refreshToken of a refresh token that is not used; each use starts it anew
 * @param refreshFamily of all refresh tokens that come of one grant together
 * @param refreshGrace how long a rotated refresh token may be retried; zero turns it off; less than
 *     {@code accessToken}, so that a repeated answer never holds a dead token
 * @param code of an authorization code; "A maximum authorization code lifetime of 10 minutes is
 *     RECOMMENDED" (RFC 6749 s4.1.2)
 */
public record Lifetimes(
    Duration accessToken,
    Duration refreshToken,
    Duration refreshFamily,
    Duration refreshGrace,
    Duration code) {

  /** What holds when nothing else is said. */
  public static final Lifetimes STANDARD =
      new Lifetimes(
          Duration.ofMinutes(10),
          Duration.ofDays(30),
          Duration.ofDays(180),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));
}
