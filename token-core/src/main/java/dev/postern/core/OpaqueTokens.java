package dev.postern.core;

import java.time.Duration;

/**
 * Access tokens that say nothing: 256 bits of chance, whose meaning the store keeps. Thread-safe.
 */
public final class OpaqueTokens implements TokenIssuer {
  private final RandomTokens random;

  public OpaqueTokens(RandomTokens random) {
    this.random = random;
  }

  @Override
  public AccessToken issue(AuthorizedGrant grant, Duration lifetime) {
    return AccessToken.opaque(random.next());
  }
}
