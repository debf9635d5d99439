package dev.postern.core;

import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link TokenStore} does in one transaction.
 *
 * @param clientId to whom the tokens are issued
 * @param subject for whom
 * @param spend what has to be alive, and is spent
 * @param accessToken the access token to keep, if it has to be kept
 * @param refreshToken the refresh token to keep, if one is issued
 */
public record Issuance(
    String clientId,
    String subject,
    Spend spend,
    Optional<NewAccessToken> accessToken,
    Optional<NewRefreshToken> refreshToken) {

  /** What is spent. */
  public sealed interface Spend {

    /** Nothing. */
    record Nothing() implements Spend {}

    /** A code. All that is issued with it is what {@link Revocation.OfCode} takes back. */
    record Code(TokenHash code) implements Spend {}

    /**
     * The current refresh token of a family; {@link Issuance#refreshToken()} takes its place. The
     * sealed answer of the rotation before this one is erased.
     *
     * @param family its family
     * @param token which has to be the family's current one
     * @param answer the sealed answer, to be kept until {@code grace} has passed, the new token is
     *     used, or the family is revoked; empty when it may not be retried
     * @param grace how long the token may be retried
     * @param source who asks for it, as failures are counted: an address, at most 64 characters are
     *     kept. It is data about a person, so it takes the place of the one before; empty when not
     *     known
     */
    record Rotation(
        TokenHash family,
        TokenHash token,
        Optional<SealedAnswer> answer,
        Duration grace,
        String source)
        implements Spend {
      private static final int MAX_SOURCE = 64;

      public Rotation {
        source = kept(source);
      }

      /** What is kept of an address, so that another can be compared with it. */
      public static String kept(String source) {
        return source.substring(0, Math.min(source.length(), MAX_SOURCE));
      }
    }
  }

  /**
   * An access token to keep.
   *
   * @param hash its hash
   * @param scope what it allows
   * @param lifetime how long from now
   */
  public record NewAccessToken(TokenHash hash, Scope scope, Duration lifetime) {}

  /**
   * A refresh token to keep.
   *
   * @param family its family: a new one, or that of the token which is spent
   * @param hash its hash
   * @param scope what was granted; that of an old family stays as it is
   * @param lifetime how long from now, cut to what is left of the family
   * @param familyLifetime how long the family lives, if it is new
   */
  public record NewRefreshToken(
      TokenHash family, TokenHash hash, Scope scope, Duration lifetime, Duration familyLifetime) {}
}
