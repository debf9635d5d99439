package dev.postern.core;

import java.time.Duration;

/** Extension point: makes access tokens. Thread-safe. */
public interface TokenIssuer {

  /**
   * An access token for this grant.
   *
   * @throws UnavailableException when a key is not to be had
   */
  AccessToken issue(AuthorizedGrant grant, Duration lifetime);
}
