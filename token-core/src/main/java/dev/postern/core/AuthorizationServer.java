package dev.postern.core;

import java.util.Optional;

/**
 * What the application itself may ask for: a code for a user who logged in, what a token means, and
 * taking tokens back. Thread-safe.
 */
public final class AuthorizationServer {
  private final ClientRegistry clients;
  private final TokenStore store;
  private final RandomTokens random;
  private final Lifetimes lifetimes;

  public AuthorizationServer(
      ClientRegistry clients, TokenStore store, RandomTokens random, Lifetimes lifetimes) {
    this.clients = clients;
    this.store = store;
    this.random = random;
    this.lifetimes = lifetimes;
  }

  /**
   * An authorization code for a user who is logged in and consented (RFC 6749 s4.1.2), or why there
   * is none. Where the refusal is about the client or its redirect URI, tell the user and redirect
   * nowhere (s4.1.2.1).
   *
   * @throws UnavailableException when the clients or the store are not to be had
   */
  public Outcome<IssuedCode> issueCode(CodeRequest request) {
    return clients
        .find(request.clientId())
        .map(client -> grant(client, request).then(this::save))
        .orElseGet(() -> Outcome.refused(StandardReason.CLIENT_UNKNOWN));
  }

  /**
   * What an access token means, if it is one of ours and alive.
   *
   * @throws UnavailableException when the store is not to be had: refuse the request then
   */
  public Optional<StoredAccessToken> find(String accessToken) {
    return store.findAccessToken(TokenHash.of(Secret.of(accessToken)));
  }

  /**
   * Takes a token back, of whichever kind: an access token alone, a refresh token with all of its
   * family, be it the current one of it or not, a code with all that came of it. One that is not
   * known changes nothing.
   */
  public void revokeToken(String token) {
    TokenHash hash = TokenHash.of(Secret.of(token));
    store.revoke(new Revocation.OfAccessToken(hash));
    store.revoke(new Revocation.OfCode(hash));
    RefreshToken.parse(token)
        .ifPresent(refresh -> store.revoke(new Revocation.OfFamily(refresh.familyHash())));
  }

  /** Takes back all that was issued for a user: when a password changes, say. */
  public void revokeUser(String subject) {
    store.revoke(new Revocation.OfSubject(subject));
  }

  /** Takes back all that was issued to a client. */
  public void revokeClient(String clientId) {
    store.revoke(new Revocation.OfClient(clientId));
  }

  private Outcome<IssuedCode> save(CodeGrant grant) {
    Secret code = random.next();
    store.saveCode(TokenHash.of(code), grant, lifetimes.code());
    return Outcome.of(new IssuedCode(code, grant.redirectUri()));
  }

  private Outcome<CodeGrant> grant(Client client, CodeRequest request) {
    if (client.isDisabled()) {
      return Outcome.refused(StandardReason.CLIENT_DISABLED);
    }
    if (!client.mayUse("authorization_code")) {
      return Outcome.refused(StandardReason.GRANT_TYPE_NOT_REGISTERED);
    }
    Optional<String> redirectUri =
        request.redirectUri().isPresent()
            ? request.redirectUri().filter(client::hasRedirectUri)
            : client.onlyRedirectUri();
    if (redirectUri.isEmpty()) {
      return Outcome.refused(notRegistered(client, request));
    }
    return challenge(client, request)
        .then(
            challenge ->
                scope(client, request)
                    .then(
                        scope ->
                            Outcome.of(
                                new CodeGrant(
                                    client.id(),
                                    request.subject(),
                                    scope,
                                    redirectUri.get(),
                                    request.redirectUri().isPresent(),
                                    challenge))));
  }

  private static Refusal notRegistered(Client client, CodeRequest request) {
    String sent = request.redirectUri().orElse("");
    String detail =
        client.redirectUris().stream()
            .flatMap(right -> UriDifference.inWords(right, sent).stream())
            .findFirst()
            .orElse("");
    return Refusal.of(StandardReason.REDIRECT_URI_NOT_REGISTERED, "redirect_uri")
        .withDetail(detail);
  }

  private Outcome<Scope> scope(Client client, CodeRequest request) {
    if (request.scope().isEmpty()) {
      return Outcome.of(client.scope());
    }
    return Scope.parse(request.scope().get())
        .then(
            asked -> {
              Scope counted = asked.without(client.ignoredScope().without(client.scope()));
              return client.scope().containsAll(counted)
                  ? Outcome.of(counted)
                  : Outcome.refused(
                      ScopeNearMiss.explained(
                          Refusal.of(StandardReason.SCOPE_NOT_ALLOWED, "scope"),
                          Optional.of(asked),
                          client,
                          clients));
            });
  }

  private static Outcome<Optional<CodeChallenge>> challenge(Client client, CodeRequest request) {
    Optional<String> value = request.challenge();
    if (value.isEmpty()) {
      // "Public clients MUST use PKCE" (RFC 9700 s2.1.1)
      return client.isPublic()
          ? Outcome.refused(StandardReason.CHALLENGE_REQUIRED, "code_challenge")
          : Outcome.of(Optional.empty());
    }
    // "defaults to plain if not present in the request" (RFC 7636 s4.3)
    String method = request.challengeMethod().orElse("plain");
    boolean isPlain = method.equals("plain") && client.isPlainChallengeAllowed();
    if (!isPlain && !method.equals("S256")) {
      return Outcome.refused(StandardReason.CHALLENGE_METHOD_UNSUPPORTED, "code_challenge_method");
    }
    try {
      return Outcome.of(
          Optional.of(
              isPlain ? CodeChallenge.plain(value.get()) : CodeChallenge.s256(value.get())));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(
          Refusal.of(StandardReason.PARAMETER_MALFORMED, "code_challenge")
              .withDetail(String.valueOf(e.getMessage())));
    }
  }
}
