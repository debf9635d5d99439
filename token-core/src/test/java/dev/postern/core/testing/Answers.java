package dev.postern.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Outcome;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import dev.postern.core.Secret;
import dev.postern.core.TokenResult;

/** What tests ask of an answer: always both faces of a refusal. */
public final class Answers {
  /** All that a client is told of what is wrong with its credentials. */
  public static final String CLIENT_REFUSED = "TOK2000: the client could not be authenticated";

  /** All that a client is told of what is wrong with a code, a refresh token or a password. */
  public static final String GRANT_REFUSED =
      "TOK3000: the grant is invalid, expired, revoked or not this client's";

  private Answers() {}

  public static TokenResult.Issued assertIssued(TokenResult result) {
    assertThat(result).isInstanceOf(TokenResult.Issued.class);
    return (TokenResult.Issued) result;
  }

  /**
   * A refusal that the public sees as {@code error} and {@code description}, and the operator as
   * {@code cause}.
   */
  public static TokenResult.Refused assertRefused(
      TokenResult result, Reason cause, String error, String description) {
    assertThat(result).isInstanceOf(TokenResult.Refused.class);
    TokenResult.Refused refused = (TokenResult.Refused) result;
    assertFaces(refused.refusal(), cause, error, description);
    return refused;
  }

  /** The same of a step. */
  public static Refusal assertRefused(
      Outcome<?> outcome, Reason cause, String error, String description) {
    assertThat(outcome).isInstanceOf(Outcome.Stopped.class);
    Refusal refusal = outcome.refusal();
    assertFaces(refusal, cause, error, description);
    return refusal;
  }

  public static TokenResult.Refused assertClientRefused(TokenResult result, Reason cause) {
    return assertRefused(result, cause, "invalid_client", CLIENT_REFUSED);
  }

  public static TokenResult.Refused assertGrantRefused(TokenResult result, Reason cause) {
    return assertRefused(result, cause, "invalid_grant", GRANT_REFUSED);
  }

  private static void assertFaces(Refusal refusal, Reason cause, String error, String description) {
    assertThat(refusal.reason()).isEqualTo(cause);
    assertThat(refusal.reason().face().code().wire()).isEqualTo(error);
    assertThat(refusal.description()).isEqualTo(description);
    assertThat(description).startsWith("TOK" + refusal.reason().face().number() + ": ");
  }

  public static String accessToken(TokenResult result) {
    return assertIssued(result).tokens().accessToken().reveal();
  }

  public static String refreshToken(TokenResult result) {
    return assertIssued(result).tokens().refreshToken().map(Secret::reveal).orElseThrow();
  }

  public static String scope(TokenResult result) {
    return assertIssued(result).tokens().scope().toString();
  }
}
