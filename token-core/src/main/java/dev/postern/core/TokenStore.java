package dev.postern.core;

import java.time.Duration;
import java.util.Optional;

/**
 * Extension point: where codes, refresh tokens and opaque access tokens are kept, by their hashes
 * alone. Thread-safe.
 *
 * <p>What a store promises (the numbers are those of the design's invariants):
 *
 * <ul>
 *   <li>{@link #commit} spends and saves in one transaction, or changes nothing (I2). When it
 *       returns {@code true} the transaction is durable as far as the store is durable at all (I3).
 *       Of two commits that spend the same thing at most one returns {@code true}, over all nodes
 *       (I1).
 *   <li>It alone judges what is alive, by its own clock; callers give durations.
 *   <li>What is spent or revoked stays findable for as long as somebody who presents it again gives
 *       away a theft: a code until nothing that came of it can be alive any more, a refresh token
 *       through its family until the family ends.
 *   <li>It never drops what is alive to make room. When in doubt it throws {@link
 *       UnavailableException}, and no token is issued (I6).
 * </ul>
 */
public interface TokenStore {

  /** How many codes a user may have that are alive and not spent. */
  int MOST_CODES_PER_USER = 10_000;

  /**
   * Keeps a code that may be spent once before {@code lifetime} has passed.
   *
   * @throws UnavailableException with {@link StandardReason#TOO_MANY_CODES} when the user has
   *     {@link #MOST_CODES_PER_USER} already; a few more may slip in at the same moment
   */
  void saveCode(TokenHash code, CodeGrant grant, Duration lifetime);

  /** The code, dead or alive. */
  Optional<StoredCode> findCode(TokenHash code);

  /** What is known of this refresh token, dead or alive; empty when its family is not known. */
  Optional<StoredRefreshToken> findRefreshToken(TokenHash family, TokenHash token);

  /** The access token, if it is alive. */
  Optional<StoredAccessToken> findAccessToken(TokenHash accessToken);

  /**
   * Spends what is to be spent and saves what is to be issued, both or neither.
   *
   * @return whether that was done; {@code false} when what was to be spent is not alive (any more)
   */
  boolean commit(Issuance issuance);

  /** Takes tokens back; to take back what is not there changes nothing. */
  void revoke(Revocation revocation);
}
