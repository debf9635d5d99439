package dev.postern.core.grant;

import dev.postern.core.AuthorizedGrant;
import dev.postern.core.CodeChallenge;
import dev.postern.core.CodeGrant;
import dev.postern.core.Grant;
import dev.postern.core.GrantDecision;
import dev.postern.core.GrantRequest;
import dev.postern.core.GrantType;
import dev.postern.core.ParameterSpec;
import dev.postern.core.Parameters;
import dev.postern.core.Refusal;
import dev.postern.core.Revocation;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.StoredCode;
import dev.postern.core.TokenHash;
import dev.postern.core.TokenStore;
import dev.postern.core.UriDifference;
import java.util.List;
import java.util.Optional;

/**
 * A code is exchanged for tokens (RFC 6749 s4.1.3) with proof of possession of its verifier (RFC
 * 7636 s4.6).
 *
 * <p>Whose the code is comes before whether it is still good: only somebody who could have redeemed
 * it (the right client, redirect URI and verifier) sets off what a replay sets off. To a stranger a
 * spent code is as dead as one that never was.
 */
public final class AuthorizationCodeGrant implements Grant {
  /** The grant type. */
  public static final GrantType TYPE =
      GrantType.of(
          "authorization_code",
          ParameterSpec.required("code"),
          ParameterSpec.optional("redirect_uri"),
          ParameterSpec.optional("code_verifier"));

  private final TokenStore store;

  public AuthorizationCodeGrant(TokenStore store) {
    this.store = store;
  }

  @Override
  public String grantType() {
    return TYPE.grantType();
  }

  @Override
  public List<ParameterSpec> parameters() {
    return TYPE.parameters();
  }

  @Override
  public GrantDecision authorize(GrantRequest request) {
    TokenHash hash = TokenHash.of(Secret.of(request.parameters().require("code")));
    Optional<StoredCode> found = store.findCode(hash);
    if (found.isEmpty()) {
      return GrantDecision.refuse(StandardReason.CODE_UNKNOWN);
    }
    CodeGrant code = found.get().grant();
    Optional<Refusal> stranger = stranger(code, request);
    if (stranger.isPresent()) {
      return GrantDecision.refuse(stranger.get());
    }
    return switch (found.get().life().state()) {
      case LIVE -> redeem(hash, code, request);
      case EXPIRED -> GrantDecision.refuse(found.get().life().refusal(StandardReason.CODE_EXPIRED));
      // "If an authorization code is used more than once, the authorization server MUST deny the
      // request and SHOULD revoke (when possible) all tokens previously issued" (s4.1.2)
      case SPENT ->
          GrantDecision.refuseAndRevoke(
              found.get().life().refusal(StandardReason.CODE_SPENT), new Revocation.OfCode(hash));
      case REVOKED -> GrantDecision.refuse(StandardReason.CODE_REVOKED);
    };
  }

  /** For what the user consented to, without what the client has lost since. */
  private static GrantDecision redeem(TokenHash hash, CodeGrant code, GrantRequest request) {
    Scope left = code.scope().within(request.client().client().scope());
    return left.isEmpty() && !code.scope().isEmpty()
        ? GrantDecision.refuse(
            Refusal.of(StandardReason.SCOPE_NOT_ALLOWED)
                .withDetail("the client has lost all that was granted"))
        : GrantDecision.authorize(
            AuthorizedGrant.of(request.client(), code.subject(), left)
                .refreshable()
                .spending(new AuthorizedGrant.Spend.Code(hash)));
  }

  /** Why the presenter cannot be the one that the code was issued to. */
  private static Optional<Refusal> stranger(CodeGrant code, GrantRequest request) {
    if (!code.clientId().equals(request.client().id())) {
      return Optional.of(
          Refusal.of(StandardReason.CODE_OF_OTHER_CLIENT)
              .withDetail("issued to " + code.clientId()));
    }
    return redirectUri(code, request.parameters())
        .or(() -> verifier(code, request.parameters()).map(Refusal::of));
  }

  /** "their values MUST be identical" (s4.1.3): character by character. */
  private static Optional<Refusal> redirectUri(CodeGrant code, Parameters parameters) {
    Optional<String> sent = parameters.find("redirect_uri");
    if (sent.isEmpty()) {
      return code.isRedirectUriRequired()
          ? Optional.of(Refusal.of(StandardReason.REDIRECT_URI_MISSING))
          : Optional.empty();
    }
    return sent.get().equals(code.redirectUri())
        ? Optional.empty()
        : Optional.of(
            Refusal.of(StandardReason.REDIRECT_URI_MISMATCH)
                .withDetail(UriDifference.inWords(code.redirectUri(), sent.get()).orElse("")));
  }

  private static Optional<StandardReason> verifier(CodeGrant code, Parameters parameters) {
    Optional<String> sent = parameters.find("code_verifier");
    if (code.challenge().isEmpty()) {
      // "a token request containing a code_verifier parameter is accepted only if a code_challenge
      // parameter was present in the authorization request" (RFC 9700 s2.1.1)
      return sent.isPresent()
          ? Optional.of(StandardReason.VERIFIER_WITHOUT_CHALLENGE)
          : Optional.empty();
    }
    CodeChallenge challenge = code.challenge().get();
    if (sent.isEmpty()) {
      return Optional.of(StandardReason.VERIFIER_MISSING);
    }
    if (!CodeChallenge.isVerifier(sent.get())) {
      return Optional.of(StandardReason.VERIFIER_MALFORMED);
    }
    if (challenge.isMetBy(sent.get())) {
      return Optional.empty();
    }
    return Optional.of(
        challenge.isWrittenAs(sent.get())
            ? StandardReason.VERIFIER_IS_CHALLENGE
            : StandardReason.VERIFIER_MISMATCH);
  }
}
