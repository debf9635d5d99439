package dev.postern.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The token endpoint (RFC 6749 s3.2), free of HTTP: parse, authenticate the client, authorize the
 * grant, issue. Thread-safe.
 */
public final class TokenEndpoint {
  private final ClientRequests requests;
  private final ClientRegistry clients;
  private final GrantTypes grantTypes;
  private final Map<String, Grant> grants = new HashMap<>();
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
    this.requests = new ClientRequests(parser, authenticator);
    this.clients = authenticator.clients();
    this.grantTypes = GrantTypes.only(grants);
    for (Grant grant : grants) {
      this.grants.put(grant.grantType(), grant);
    }
    this.issuance = new TokenIssuance(issuer, store, random, lifetimes);
    this.store = store;
  }

  /** Answers a request. Never throws for what a client can send or an extension can be short of. */
  public TokenResult handle(TokenRequest request) {
    return requests
        .admit(request, Outcome::of)
        .fold(this::authorizeAndIssue, refusal -> refused(refusal, request));
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
    Grant grant = Objects.requireNonNull(grants.get(request.grantType()));
    // Who loses a race for a code or a refresh token is asked again: by then it is a replay or a
    // retry, and the grant knows what to do with those.
    for (int attempt = 0; attempt < 3; attempt++) {
      GrantDecision decision = grant.authorize(request);
      if (decision instanceof GrantDecision.Refuse refuse) {
        refuse.revoked().ifPresent(store::revoke);
        return new TokenResult.Refused(
            explained(refuse.refusal(), request), request.client().id(), refuse.revoked());
      }
      if (decision instanceof GrantDecision.Repeat repeat) {
        return issued(request, repeat.tokens(), repeat.subject(), true);
      }
      AuthorizedGrant authorized = ((GrantDecision.Authorize) decision).grant();
      Optional<IssuedTokens> tokens = issuance.issue(authorized);
      if (tokens.isPresent()) {
        return issued(request, tokens.get(), authorized.subject(), false);
      }
    }
    throw new UnavailableException(
        StandardReason.STORE_UNAVAILABLE, "the store says alive and spent of the same grant");
  }

  private Refusal explained(Refusal refusal, GrantRequest request) {
    return ScopeNearMiss.explained(
        refusal, request.requestedScope(), request.client().client(), clients);
  }

  private static TokenResult issued(
      GrantRequest request, IssuedTokens tokens, String subject, boolean isRepeated) {
    boolean isScopeTold =
        !tokens.scope().isEmpty()
            && request.requestedScope().filter(tokens.scope()::equals).isEmpty();
    return new TokenResult.Issued(
        tokens, request.client(), request.grantType(), subject, isScopeTold, isRepeated);
  }

  private static TokenResult refused(Refusal refusal, TokenRequest request) {
    return new TokenResult.Refused(refusal, request.claimedClient().orElse(""));
  }
}
