package dev.postern.core;

import java.util.List;
import java.util.Optional;

/**
 * Finds the token that a client asks about or gives back: what introspection (RFC 7662 s2.1) and
 * revocation (RFC 7009 s2.1) have in common. Thread-safe.
 */
final class PresentedTokens {
  /** No grammar: a token that cannot be one of ours is answered like one that nobody knows. */
  static final List<ParameterSpec> PARAMETERS =
      List.of(
          ParameterSpec.required("token").assertion().matching(value -> true),
          ParameterSpec.optional("token_type_hint").matching(value -> true));

  private final TokenStore store;

  PresentedTokens(TokenStore store) {
    this.store = store;
  }

  /** The token that the request is about, if the store knows it. */
  Outcome<Optional<FoundToken>> find(Parameters parameters) {
    Optional<String> token = parameters.find("token");
    return token.isEmpty()
        ? Outcome.refused(StandardReason.PARAMETER_MISSING, "token")
        : Outcome.of(find(token.get(), parameters.find("token_type_hint").orElse("")));
  }

  /**
   * "If the server is unable to locate the token using the given hint, it MUST extend its search
   * across all of its supported token types" (RFC 7009 s2.1). Only the order depends on it.
   */
  private Optional<FoundToken> find(String token, String hint) {
    return hint.equals("access_token")
        ? access(token).or(() -> refresh(token))
        : refresh(token).or(() -> access(token));
  }

  private Optional<FoundToken> access(String token) {
    TokenHash hash = TokenHash.of(Secret.of(token));
    return store.findAccessToken(hash).map(found -> new FoundToken.Access(hash, found));
  }

  private Optional<FoundToken> refresh(String token) {
    return RefreshToken.parse(token)
        .flatMap(
            presented ->
                store
                    .findRefreshToken(presented.familyHash(), presented.hash())
                    .map(found -> new FoundToken.Refresh(presented.familyHash(), found)));
  }
}
