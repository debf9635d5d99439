package dev.postern.core;

import java.util.Collection;
import java.util.Optional;

/**
 * The token endpoint (RFC 6749 s3.2), free of HTTP: parse, authenticate the client, authorize the
 * grant, issue. Thread-safe.
 */
public final class TokenEndpoint {
  private final RequestParser parser;
  private final ClientAuthenticator authenticator;
  private final GrantTypes grantTypes;
  private final TokenIssuance issuance;
  private final TokenStore store;

  public TokenEndpoint(
      ClientAuthenticator authenticator,
      RequestParser parser,
      Collection<? extends Grant> grants,
      TokenIssuer issuer,
      TokenStore store,
      RandomTokens random,
      Lifetimes lifetimes) {
    this.parser = parser;
    this.authenticator = authenticator;
    this.grantTypes = new GrantTypes(grants);
    this.issuance = new TokenIssuance(issuer, store, random, lifetimes);
    this.store = store;
  }

  /** Answers a request. Never throws for what a client can send or an extension can be short of. */
  public TokenResult handle(TokenRequest request) {
    try {
      return parser
          .parse(request)
          .then(authenticator::authenticate)
          .fold(this::authorizeAndIssue, refusal -> refused(refusal, request));
    } catch (UnavailableException e) {
      return refused(e.refusal(), request);
    }
  }

  private TokenResult authorizeAndIssue(AuthenticatedClient client) {
    try {
      return grantTypes
          .admit(client)
          .fold(this::decide, refusal -> new TokenResult.Refused(refusal, client.id()));
    } catch (UnavailableException e) {
      return new TokenResult.Refused(e.refusal(), client.id());
    }
  }

  private TokenResult decide(GrantRequest request) {
    // Who loses a race for a code or a refresh token is asked again: by then it is a replay or a
    // retry, and the grant knows what to do with those.
    for (int attempt = 0; attempt < 3; attempt++) {
      GrantDecision decision = request.grant().authorize(request);
      if (decision instanceof GrantDecision.Refuse refuse) {
        refuse.revoked().ifPresent(store::revoke);
        return new TokenResult.Refused(refuse.refusal(), request.client().id());
      }
      if (decision instanceof GrantDecision.Repeat repeat) {
        return issued(request, repeat.tokens(), repeat.subject(), true);
      }
      AuthorizedGrant grant = ((GrantDecision.Authorize) decision).grant();
      Optional<IssuedTokens> tokens = issuance.issue(grant);
      if (tokens.isPresent()) {
        return issued(request, tokens.get(), grant.subject(), false);
      }
    }
    throw new UnavailableException(
        StandardReason.STORE_UNAVAILABLE, "the store says alive and spent of the same grant");
  }

  private static TokenResult issued(
      GrantRequest request, IssuedTokens tokens, String subject, boolean isRepeated) {
    boolean isScopeTold =
        !tokens.scope().isEmpty()
            && request.requestedScope().filter(tokens.scope()::equals).isEmpty();
    return new TokenResult.Issued(tokens, request.client(), subject, isScopeTold, isRepeated);
  }

  private static TokenResult refused(Refusal refusal, TokenRequest request) {
    return new TokenResult.Refused(refusal, request.claimedClient().orElse(""));
  }
}
