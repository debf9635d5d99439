package dev.postern.core;

import java.util.Optional;
import java.util.function.Function;

/** What a token request comes to. */
public sealed interface TokenResult {

  /** Takes whichever of the two it is. */
  <R> R fold(Function<Issued, ? extends R> issued, Function<Refused, ? extends R> refused);

  /**
   * Tokens were issued, or given again.
   *
   * @param tokens the tokens
   * @param client to whom
   * @param grantType by which grant
   * @param subject for whom
   * @param isScopeTold whether the answer has to name the scope: "OPTIONAL, if identical to the
   *     scope requested by the client; otherwise, REQUIRED" (RFC 6749 s5.1)
   * @param isRepeated whether this is the answer of a moment ago once more
   */
  record Issued(
      IssuedTokens tokens,
      AuthenticatedClient client,
      String grantType,
      String subject,
      boolean isScopeTold,
      boolean isRepeated)
      implements TokenResult {
    @Override
    public <R> R fold(
        Function<Issued, ? extends R> issued, Function<Refused, ? extends R> refused) {
      return issued.apply(this);
    }
  }

  /**
   * Nothing was issued.
   *
   * @param refusal why
   * @param clientId the client that the request claimed to come from, verified only when the check
   *     that failed comes after {@link Check#CLIENT}; empty when it did not say. As sent: escape it
   *     before it is shown
   * @param revoked what was taken back, where the refusal gave a theft away
   */
  record Refused(Refusal refusal, String clientId, Optional<Revocation> revoked)
      implements TokenResult {
    /** A refusal that takes nothing back. */
    public Refused(Refusal refusal, String clientId) {
      this(refusal, clientId, Optional.empty());
    }

    @Override
    public <R> R fold(
        Function<Issued, ? extends R> issued, Function<Refused, ? extends R> refused) {
      return refused.apply(this);
    }
  }
}
