package dev.postern.it.app;

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
import dev.postern.core.memory.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A store of which one call can be made to fail. */
public class FlakyStore implements TokenStore {
  private final TokenStore store;
  private volatile String failing = "";
  private volatile boolean isUnexpected;

  /** With room for so many entries. */
  public FlakyStore(int capacity) {
    this.store = new MemoryStore(InstantSource.system(), capacity);
  }

  /** Makes a call fail, as stores are meant to fail or not as they are. */
  public final void fail(String call, boolean unexpectedly) {
    this.failing = call;
    this.isUnexpected = unexpectedly;
  }

  private void check(String call) {
    if (!failing.equals(call)) {
      return;
    }
    if (isUnexpected) {
      throw new IllegalStateException("connection reset");
    }
    throw new UnavailableException(StandardReason.STORE_UNAVAILABLE, "no connection");
  }

  @Override
  public void saveCode(TokenHash code, CodeGrant grant, Duration lifetime) {
    check("saveCode");
    store.saveCode(code, grant, lifetime);
  }

  @Override
  public Optional<StoredCode> findCode(TokenHash code) {
    check("findCode");
    return store.findCode(code);
  }

  @Override
  public Optional<StoredRefreshToken> findRefreshToken(TokenHash family, TokenHash token) {
    check("findRefreshToken");
    return store.findRefreshToken(family, token);
  }

  @Override
  public Optional<StoredAccessToken> findAccessToken(TokenHash accessToken) {
    check("findAccessToken");
    return store.findAccessToken(accessToken);
  }

  @Override
  public boolean commit(Issuance issuance) {
    check("commit");
    return store.commit(issuance);
  }

  @Override
  public void revoke(Revocation revocation) {
    check("revoke");
    store.revoke(revocation);
  }
}
