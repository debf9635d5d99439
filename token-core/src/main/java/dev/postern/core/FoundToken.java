package dev.postern.core;

import java.util.Optional;

/** A token that a client presented and the store knows, alive or not. */
sealed interface FoundToken {

  /** The client it was issued to. */
  String clientId();

  /** What it means, if it is good now. */
  Optional<ActiveToken> active();

  /** Whether it was taken back before. */
  boolean isRevoked();

  /** What has to be taken back with it. */
  Revocation revocation();

  /** An access token; the store tells of live ones only. */
  record Access(TokenHash hash, StoredAccessToken token) implements FoundToken {
    @Override
    public String clientId() {
      return token.clientId();
    }

    @Override
    public Optional<ActiveToken> active() {
      return Optional.of(
          new ActiveToken(
              token.clientId(), token.subject(), token.scope(), false, token.expiresIn()));
    }

    @Override
    public boolean isRevoked() {
      return false;
    }

    @Override
    public Revocation revocation() {
      return new Revocation.OfAccessToken(hash);
    }
  }

  /** A refresh token, be it the current one of its family or not. */
  record Refresh(TokenHash family, StoredRefreshToken token) implements FoundToken {
    @Override
    public String clientId() {
      return token.clientId();
    }

    @Override
    public Optional<ActiveToken> active() {
      return token.life().state() == Life.State.LIVE
          ? Optional.of(
              new ActiveToken(
                  token.clientId(), token.subject(), token.scope(), true, token.expiresIn()))
          : Optional.empty();
    }

    @Override
    public boolean isRevoked() {
      return token.life().state() == Life.State.REVOKED;
    }

    /**
     * "If the particular token is a refresh token and the authorization server supports the
     * revocation of access tokens, then the authorization server SHOULD also invalidate all access
     * tokens based on the same authorization grant" (RFC 7009 s2.1).
     */
    @Override
    public Revocation revocation() {
      return new Revocation.OfFamily(family);
    }
  }
}
