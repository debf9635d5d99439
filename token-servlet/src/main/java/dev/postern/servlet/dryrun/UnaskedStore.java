package dev.postern.servlet.dryrun;

import dev.postern.core.CodeGrant;
import dev.postern.core.Issuance;
import dev.postern.core.Revocation;
import dev.postern.core.StandardReason;
import dev.postern.core.StoredAccessToken;
import dev.postern.core.StoredCode;
import dev.postern.core.StoredRefreshToken;
import dev.postern.core.TokenHash;
import dev.postern.core.TokenStore;
import dev.postern.core.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * The store of who has none: where codes and tokens are looked up it cannot answer, and takes note
 * of that. For one dry run.
 */
final class UnaskedStore implements TokenStore {
  private boolean isMissed;

  /** Whether a code or a token would have been looked up. */
  boolean isMissed() {
    return isMissed;
  }

  private UnavailableException missed() {
    isMissed = true;
    return new UnavailableException(StandardReason.STORE_UNAVAILABLE, "there is no store here");
  }

  @Override
  public Optional<StoredCode> findCode(TokenHash code) {
    throw missed();
  }

  @Override
  public Optional<StoredRefreshToken> findRefreshToken(TokenHash family, TokenHash token) {
    throw missed();
  }

  @Override
  public Optional<StoredAccessToken> findAccessToken(TokenHash accessToken) {
    throw missed();
  }

  @Override
  public void saveCode(TokenHash code, CodeGrant grant, Duration lifetime) {
    throw missed();
  }

  @Override
  public boolean commit(Issuance issuance) {
    throw missed();
  }

  @Override
  public void revoke(Revocation revocation) {
    throw missed();
  }
}
