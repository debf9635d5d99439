package dev.postern.core;

import java.time.Duration;
import java.util.Optional;

/**
 * The fourth step: issue. Makes the tokens, and has the store spend and save in one transaction.
 * Thread-safe.
 */
final class TokenIssuance {
  private final TokenIssuer issuer;
  private final TokenStore store;
  private final RandomTokens random;
  private final Lifetimes lifetimes;

  TokenIssuance(TokenIssuer issuer, TokenStore store, RandomTokens random, Lifetimes lifetimes) {
    this.issuer = issuer;
    this.store = store;
    this.random = random;
    this.lifetimes = lifetimes;
  }

  /** The tokens; empty when somebody else was quicker to spend what they were to be issued for. */
  Optional<IssuedTokens> issue(AuthorizedGrant grant) {
    AccessToken accessToken = issuer.issue(grant, lifetimes.accessToken());
    Optional<RefreshToken> refreshToken = refreshToken(grant);
    IssuedTokens tokens =
        new IssuedTokens(
            accessToken.value(),
            accessToken.type(),
            lifetimes.accessToken(),
            refreshToken.map(RefreshToken::value),
            grant.scope(),
            grant.members());
    AuthorizedGrant.Spend spends = grant.spends();
    if (!accessToken.isKept()
        && refreshToken.isEmpty()
        && spends instanceof AuthorizedGrant.Spend.Nothing) {
      return Optional.of(tokens);
    }
    Issuance issuance =
        new Issuance(
            grant.client().id(),
            grant.subject(),
            spend(grant, tokens, accessToken.isKept()),
            accessToken.isKept()
                ? Optional.of(
                    new Issuance.NewAccessToken(
                        TokenHash.of(accessToken.value()), grant.scope(), lifetimes.accessToken()))
                : Optional.empty(),
            refreshToken.map(token -> kept(token, grant.scope())));
    return store.commit(issuance) ? Optional.of(tokens) : Optional.empty();
  }

  private Optional<RefreshToken> refreshToken(AuthorizedGrant grant) {
    if (grant.spends() instanceof AuthorizedGrant.Spend.Rotation rotation) {
      return Optional.of(rotation.token().next(random));
    }
    return grant.isRefreshable() && grant.client().client().mayUse("refresh_token")
        ? Optional.of(RefreshToken.first(random))
        : Optional.empty();
  }

  private Issuance.NewRefreshToken kept(RefreshToken token, Scope scope) {
    return new Issuance.NewRefreshToken(
        token.familyHash(),
        token.hash(),
        scope,
        lifetimes.refreshToken(),
        lifetimes.refreshFamily());
  }

  private Issuance.Spend spend(AuthorizedGrant grant, IssuedTokens tokens, boolean isKept) {
    AuthorizedGrant.Spend spends = grant.spends();
    if (spends instanceof AuthorizedGrant.Spend.Code code) {
      return new Issuance.Spend.Code(code.code());
    }
    if (spends instanceof AuthorizedGrant.Spend.Rotation rotation) {
      RefreshToken token = rotation.token();
      Duration grace = lifetimes.refreshGrace();
      Optional<SealedAnswer> answer =
          grace.isZero() ? Optional.empty() : Optional.of(SealedAnswer.seal(tokens, token, isKept));
      return new Issuance.Spend.Rotation(
          token.familyHash(), token.hash(), answer, grace, grant.client().request().source());
    }
    return new Issuance.Spend.Nothing();
  }
}
