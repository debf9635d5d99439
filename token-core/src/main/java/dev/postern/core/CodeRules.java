package dev.postern.core;

import java.util.Optional;

/**
 * What is asked of a request for an authorization code, whoever asks: the authorization endpoint or
 * the application itself (RFC 6749 s4.1.1, RFC 7636 s4.3, RFC 9700 s2.1). Thread-safe.
 */
public final class CodeRules {
  private final ClientRegistry clients;
  private final boolean isChallengeRequired;

  /**
   * The rules.
   *
   * @param clients who is registered
   * @param isChallengeRequired whether PKCE is required of confidential clients too, as it is of
   *     public ones
   */
  public CodeRules(ClientRegistry clients, boolean isChallengeRequired) {
    this.clients = clients;
    this.isChallengeRequired = isChallengeRequired;
  }

  /** The client with this id, if it may be acted for at all. */
  Outcome<Client> client(String id) {
    Optional<Client> found = clients.find(id);
    if (found.isEmpty()) {
      return Outcome.refused(StandardReason.CLIENT_UNKNOWN_HERE);
    }
    return found.get().isDisabled()
        ? Outcome.refused(StandardReason.CLIENT_DISABLED_HERE)
        : Outcome.of(found.get());
  }

  /** Whether what was issued to this client may still be used. */
  boolean isEnabled(String clientId) {
    return clients.isEnabled(clientId);
  }

  /** Where the answer goes: what was sent, if it is registered, else the client's only one. */
  Outcome<String> redirectUri(Client client, Optional<String> sent) {
    if (sent.isEmpty()) {
      return client
          .onlyRedirectUri()
          .map(Outcome::of)
          .orElseGet(() -> Outcome.refused(StandardReason.REDIRECT_URI_LEFT_OUT, "redirect_uri"));
    }
    return client.hasRedirectUri(sent.get())
        ? Outcome.of(sent.get())
        : Outcome.refused(notRegistered(client, sent.get()));
  }

  private static Refusal notRegistered(Client client, String sent) {
    String detail =
        client.redirectUris().stream()
            .flatMap(right -> UriDifference.inWords(right, sent).stream())
            .findFirst()
            .orElse("");
    return Refusal.of(StandardReason.REDIRECT_URI_NOT_REGISTERED, "redirect_uri")
        .withDetail(detail);
  }

  /** The client, if it may redeem codes. */
  Outcome<Client> mayUseCodes(Client client) {
    return client.mayUse("authorization_code")
        ? Outcome.of(client)
        : Outcome.refused(StandardReason.GRANT_TYPE_NOT_REGISTERED);
  }

  /** What is granted when the client asks for {@code sent}; all it has when it does not say. */
  Outcome<Scope> scope(Client client, Optional<String> sent) {
    if (sent.isEmpty()) {
      return Outcome.of(client.scope());
    }
    return Scope.parse(sent.get()).then(asked -> within(client, asked));
  }

  private Outcome<Scope> within(Client client, Scope asked) {
    return client
        .scopeWithin(client.scope(), asked)
        .fold(
            Outcome::of,
            refusal ->
                Outcome.refused(
                    ScopeNearMiss.explained(refusal, Optional.of(asked), client, clients)));
  }

  /** The PKCE challenge, if there is one or need not be. */
  Outcome<Optional<CodeChallenge>> challenge(
      Client client, Optional<String> value, Optional<String> sentMethod) {
    if (value.isEmpty()) {
      // "Public clients MUST use PKCE" (RFC 9700 s2.1.1)
      return client.isPublic() || isChallengeRequired
          ? Outcome.refused(StandardReason.CHALLENGE_REQUIRED, "code_challenge")
          : Outcome.of(Optional.empty());
    }
    // "defaults to plain if not present in the request" (RFC 7636 s4.3)
    String method = sentMethod.orElse("plain");
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
