package dev.postern.it.app;

import dev.postern.core.AccessToken;
import dev.postern.core.AuthorizedGrant;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenIssuer;
import dev.postern.core.UnavailableException;
import java.time.Duration;

/** An issuer of an application that cannot read its key. */
public final class KeylessIssuer implements TokenIssuer {
  /** Made by its name in {@code extensions}. */
  public KeylessIssuer() {}

  @Override
  public AccessToken issue(AuthorizedGrant grant, Duration lifetime) {
    throw new UnavailableException(StandardReason.KEY_UNAVAILABLE, "no such file");
  }
}
