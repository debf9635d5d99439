package dev.postern.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the application itself may ask for: a code for a user who logged in, what a token means, and
 * taking tokens back. Thread-safe.
 */
public final class AuthorizationServer {
  private final CodeRules rules;
  private final TokenStore store;
  private final ConsentStore consents;
  private final RandomTokens random;
  private final Lifetimes lifetimes;
  private final Optional<String> issuer;

  /**
   * One of these parts.
   *
   * @param issuer its identifier, where that is configured
   */
  public AuthorizationServer(
      CodeRules rules,
      TokenStore store,
      ConsentStore consents,
      RandomTokens random,
      Lifetimes lifetimes,
      Optional<String> issuer) {
    this.rules = rules;
    this.store = store;
    this.consents = consents;
    this.random = random;
    this.lifetimes = lifetimes;
    this.issuer = issuer;
  }

  /**
   * An authorization code for a user who is logged in and consented (RFC 6749 s4.1.2), or why there
   * is none. Where the refusal is about the client or its redirect URI, tell the user and redirect
   * nowhere (s4.1.2.1).
   *
   * @throws UnavailableException when the clients or the store are not to be had
   */
  public Outcome<IssuedCode> issueCode(CodeRequest request) {
    return rules
        .client(request.clientId())
        .then(rules::mayUseCodes)
        .then(client -> grant(client, request))
        .then(grant -> Outcome.of(save(grant)));
  }

  /**
   * What an access token means, if it is one of ours and alive, and its client is still registered
   * and not switched off.
   *
   * @throws UnavailableException when the store or the clients are not to be had: refuse the
   *     request then
   */
  public Optional<StoredAccessToken> find(String accessToken) {
    return store
        .findAccessToken(TokenHash.of(Secret.of(accessToken)))
        .filter(token -> rules.isEnabled(token.clientId()));
  }

  /**
   * Takes a token back, of whichever kind: an access token alone, a refresh token with all of its
   * family, be it the current one of it or not, a code with all that came of it. One that is not
   * known changes nothing, nor does none: a parameter may be missing.
   */
  public void revokeToken(@Nullable String token) {
    if (token == null) {
      return;
    }
    TokenHash hash = TokenHash.of(Secret.of(token));
    store.revoke(new Revocation.OfAccessToken(hash));
    store.revoke(new Revocation.OfCode(hash));
    RefreshToken.parse(token)
        .ifPresent(refresh -> store.revoke(new Revocation.OfFamily(refresh.familyHash())));
  }

  /**
   * Takes back all that was issued for a user, and what the user has allowed clients: when a
   * password changes, say.
   */
  public void revokeUser(String subject) {
    store.revoke(new Revocation.OfSubject(subject));
    consents.forgetSubject(subject);
  }

  /** Takes back all that was issued to a client, and what users have allowed it. */
  public void revokeClient(String clientId) {
    store.revoke(new Revocation.OfClient(clientId));
    consents.forgetClient(clientId);
  }

  /** Who answers, where that is configured (RFC 9207). */
  Optional<String> issuer() {
    return issuer;
  }

  /** A code for what was checked. */
  IssuedCode save(CodeGrant grant) {
    Secret code = random.next();
    store.saveCode(TokenHash.of(code), grant, lifetimes.code());
    return new IssuedCode(code, grant.redirectUri(), issuer);
  }

  private Outcome<CodeGrant> grant(Client client, CodeRequest request) {
    return rules
        .redirectUri(client, request.redirectUri())
        .then(
            uri ->
                rules
                    .challenge(client, request.challenge(), request.challengeMethod())
                    .then(
                        challenge ->
                            rules
                                .scope(client, request.scope())
                                .then(
                                    scope ->
                                        Outcome.of(
                                            new CodeGrant(
                                                client.id(),
                                                request.subject(),
                                                scope,
                                                uri,
                                                request.redirectUri().isPresent(),
                                                challenge)))));
  }
}
