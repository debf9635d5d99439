package dev.postern.core.memory;

import dev.postern.core.Issuance;
import dev.postern.core.Life;
import dev.postern.core.Scope;
import dev.postern.core.SealedAnswer;
import dev.postern.core.StoredRefreshToken;
import dev.postern.core.TokenHash;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that came of one grant: one current refresh token (or none, when the client takes none), and
 * a mark when it was revoked. Times are in milliseconds since the epoch. Guarded by itself.
 */
final class Family {
  private final String clientId;
  private final String subject;
  private final Scope scope;
  private final long endsAt;
  private long expiresAt;
  private long accessEndsAt;
  private @Nullable TokenHash current;
  private @Nullable Rotation last;
  private long rotatedAt;
  private String rotatedFrom = "";
  private boolean isRevoked;

  private Family(
      String clientId,
      String subject,
      Scope scope,
      long endsAt,
      long expiresAt,
      long accessEndsAt,
      @Nullable TokenHash current) {
    this.clientId = clientId;
    this.subject = subject;
    this.scope = scope;
    this.endsAt = endsAt;
    this.expiresAt = expiresAt;
    this.accessEndsAt = accessEndsAt;
    this.current = current;
  }

  /** A family that begins with a refresh token. */
  static Family of(Issuance issuance, Issuance.NewRefreshToken token, long now) {
    long endsAt = now + token.familyLifetime().toMillis();
    return new Family(
        issuance.clientId(),
        issuance.subject(),
        token.scope(),
        endsAt,
        Math.min(now + token.lifetime().toMillis(), endsAt),
        accessEndsAt(issuance, now),
        token.hash());
  }

  /** A family that has an access token only. */
  static Family withoutRefreshToken(Issuance issuance, long now) {
    return new Family(
        issuance.clientId(),
        issuance.subject(),
        Scope.EMPTY,
        now,
        now,
        accessEndsAt(issuance, now),
        null);
  }

  /** When the access token ends, if the store keeps one. */
  private static long accessEndsAt(Issuance issuance, long now) {
    return now + issuance.accessToken().map(token -> token.lifetime().toMillis()).orElse(0L);
  }

  synchronized StoredRefreshToken find(TokenHash token, long now) {
    Life life = life(token, now);
    long left = life.state() == Life.State.LIVE ? expiresAt - now : 0;
    return new StoredRefreshToken(
        clientId, subject, scope, life, Duration.ofMillis(left), answer(token, now), rotatedFrom);
  }

  private Life life(TokenHash token, long now) {
    if (isRevoked) {
      return new Life(Life.State.REVOKED, Duration.ZERO);
    }
    if (current == null || !token.equals(current)) {
      return new Life(
          Life.State.SPENT, rotatedAt == 0 ? Duration.ZERO : Duration.ofMillis(now - rotatedAt));
    }
    return now < expiresAt
        ? Life.LIVE
        : new Life(Life.State.EXPIRED, Duration.ofMillis(now - expiresAt));
  }

  private Optional<SealedAnswer> answer(TokenHash token, long now) {
    return last != null && last.token.equals(token) && now < last.until && !isRevoked
        ? last.answer
        : Optional.empty();
  }

  /** Puts the new token in the place of the spent one, if that is the current one and alive. */
  synchronized boolean rotate(Issuance.Spend.Rotation spent, Issuance issuance, long now) {
    Issuance.NewRefreshToken successor = issuance.refreshToken().orElseThrow();
    if (life(spent.token(), now).state() != Life.State.LIVE) {
      return false;
    }
    current = successor.hash();
    expiresAt = Math.min(now + successor.lifetime().toMillis(), endsAt);
    accessEndsAt = Math.max(accessEndsAt, accessEndsAt(issuance, now));
    // The rotation before this one is forgotten here: its successor has been used.
    last = new Rotation(spent.token(), spent.answer(), now + spent.grace().toMillis());
    rotatedAt = now;
    rotatedFrom = spent.source();
    return true;
  }

  /** Forgets a sealed answer whose grace has passed; when it was rotated, and from where, stays. */
  synchronized void forgetAnswer(long now) {
    if (last != null && now >= last.until) {
      last = null;
    }
  }

  synchronized void revoke() {
    isRevoked = true;
    last = null;
    rotatedFrom = "";
  }

  synchronized boolean isRevoked() {
    return isRevoked;
  }

  /** When nothing of it can be alive any more, as things stand. */
  synchronized long isOverAt() {
    return Math.max(expiresAt, accessEndsAt);
  }

  boolean isOf(String otherClient, String otherSubject) {
    return clientId.equals(otherClient) || subject.equals(otherSubject);
  }

  /** The last rotation, while it may be retried. */
  private record Rotation(TokenHash token, Optional<SealedAnswer> answer, long until) {}

  /** What it takes of the store's {@link Room}. */
  int weight() {
    return Room.weight(subject, scope);
  }
}
