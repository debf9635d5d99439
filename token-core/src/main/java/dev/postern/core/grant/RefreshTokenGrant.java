package dev.postern.core.grant;

import dev.postern.core.AuthorizedGrant;
import dev.postern.core.Grant;
import dev.postern.core.GrantDecision;
import dev.postern.core.GrantRequest;
import dev.postern.core.GrantType;
import dev.postern.core.Issuance;
import dev.postern.core.Outcome;
import dev.postern.core.ParameterSpec;
import dev.postern.core.RefreshToken;
import dev.postern.core.Refusal;
import dev.postern.core.Revocation;
import dev.postern.core.Scope;
import dev.postern.core.SealedAnswer;
import dev.postern.core.StandardReason;
import dev.postern.core.StoredRefreshToken;
import dev.postern.core.TokenStore;
import java.util.List;
import java.util.Optional;

/**
 * A refresh token is exchanged for new tokens (RFC 6749 s6) and replaced with each use (RFC 9700
 * s4.14.2). Who sends the last one once more, because the answer was lost, gets the same answer;
 * any other reuse means that two parties have it, and ends the family.
 */
public final class RefreshTokenGrant implements Grant {
  /** The grant type. */
  public static final GrantType TYPE =
      GrantType.of("refresh_token", ParameterSpec.required("refresh_token"), ParameterSpec.SCOPE);

  private final TokenStore store;

  public RefreshTokenGrant(TokenStore store) {
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
    Optional<RefreshToken> presented =
        RefreshToken.parse(request.parameters().require("refresh_token"));
    Optional<StoredRefreshToken> found =
        presented.flatMap(token -> store.findRefreshToken(token.familyHash(), token.hash()));
    if (found.isEmpty()) {
      return GrantDecision.refuse(StandardReason.REFRESH_TOKEN_UNKNOWN);
    }
    RefreshToken token = presented.get();
    StoredRefreshToken kept = found.get();
    // "the authorization server MUST ... validate the refresh token was issued to the authenticated
    // client" (s6). A stranger's attempt changes nothing.
    if (!kept.clientId().equals(request.client().id())) {
      return GrantDecision.refuse(
          Refusal.of(StandardReason.REFRESH_TOKEN_OF_OTHER_CLIENT)
              .withDetail("issued to " + kept.clientId()));
    }
    return switch (kept.life().state()) {
      case LIVE -> rotate(token, kept, request);
      case EXPIRED ->
          GrantDecision.refuse(kept.life().refusal(StandardReason.REFRESH_TOKEN_EXPIRED));
      case REVOKED -> GrantDecision.refuse(StandardReason.REFRESH_TOKEN_REVOKED);
      case SPENT ->
          kept.answer()
              .flatMap(sealedAnswer -> retry(sealedAnswer, token, kept, request))
              .orElseGet(
                  () ->
                      GrantDecision.refuseAndRevoke(
                          reused(kept, request), new Revocation.OfFamily(token.familyHash())));
    };
  }

  /**
   * From the address that used the family last it is a fault of the client, else rather a theft.
   */
  private static Refusal reused(StoredRefreshToken kept, GrantRequest request) {
    String before = kept.rotatedFrom();
    boolean isElsewhere =
        !before.isEmpty()
            && !request.source().isEmpty()
            && !before.equals(Issuance.Spend.Rotation.kept(request.source()));
    if (!isElsewhere) {
      return kept.life().refusal(StandardReason.REFRESH_TOKEN_REUSED);
    }
    Refusal refusal = kept.life().refusal(StandardReason.REFRESH_TOKEN_REUSED_ELSEWHERE);
    String when = refusal.detail().isEmpty() ? "" : refusal.detail() + ", ";
    return refusal.withDetail(when + "from " + before);
  }

  private static GrantDecision rotate(
      RefreshToken token, StoredRefreshToken kept, GrantRequest request) {
    return scope(kept, request)
        .fold(
            scope ->
                GrantDecision.authorize(
                    AuthorizedGrant.of(request.client(), kept.subject(), scope)
                        .spending(new AuthorizedGrant.Spend.Rotation(token))),
            GrantDecision::refuse);
  }

  /** The same answer, if the same is asked for once more and none of it was revoked. */
  private Optional<GrantDecision> retry(
      SealedAnswer sealedAnswer,
      RefreshToken token,
      StoredRefreshToken kept,
      GrantRequest request) {
    return sealedAnswer
        .open(token, kept.life().since(), hash -> store.findAccessToken(hash).isPresent())
        .filter(answer -> answer.expiresIn().toSeconds() > 0)
        .filter(answer -> scope(kept, request).fold(answer.scope()::equals, refusal -> false))
        .map(answer -> new GrantDecision.Repeat(answer, kept.subject()));
  }

  /**
   * "The requested scope MUST NOT include any scope not originally granted" (s6), nor what the
   * client has lost since.
   */
  private static Outcome<Scope> scope(StoredRefreshToken kept, GrantRequest request) {
    Scope left = kept.scope().within(request.client().client().scope());
    return left.isEmpty() && !kept.scope().isEmpty()
        ? Outcome.refused(
            Refusal.of(StandardReason.SCOPE_NOT_ALLOWED)
                .withDetail("the client has lost all that was granted"))
        : request.scopeWithin(left);
  }
}
