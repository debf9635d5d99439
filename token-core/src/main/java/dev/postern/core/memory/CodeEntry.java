package dev.postern.core.memory;

import dev.postern.core.CodeGrant;
import dev.postern.core.Life;
import dev.postern.core.StoredCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A code, spent or not. Times are in milliseconds since the epoch. Guarded by itself. */
final class CodeEntry {
  private final CodeGrant grant;
  private final long expiresAt;
  private long spentAt;
  private boolean isRevoked;
  private boolean isOutstanding = true;
  private @Nullable Family family;

  CodeEntry(CodeGrant grant, long expiresAt) {
    this.grant = grant;
    this.expiresAt = expiresAt;
  }

  synchronized StoredCode find(long now) {
    return new StoredCode(grant, life(now));
  }

  private Life life(long now) {
    if (family != null) {
      return new Life(Life.State.SPENT, Duration.ofMillis(now - spentAt));
    }
    if (isRevoked) {
      return new Life(Life.State.REVOKED, Duration.ZERO);
    }
    return now < expiresAt
        ? Life.LIVE
        : new Life(Life.State.EXPIRED, Duration.ofMillis(now - expiresAt));
  }

  /** Spends the code for {@code what}, if it is alive. */
  synchronized boolean spend(Family what, long now) {
    if (life(now).state() != Life.State.LIVE) {
      return false;
    }
    family = what;
    spentAt = now;
    return true;
  }

  synchronized void revoke() {
    isRevoked = true;
    if (family != null) {
      family.revoke();
    }
  }

  /** Whether it was outstanding up to now; it is not any more. */
  synchronized boolean settle() {
    boolean was = isOutstanding;
    isOutstanding = false;
    return was;
  }

  String subject() {
    return grant.subject();
  }

  boolean isOf(String clientId, String subject) {
    return grant.clientId().equals(clientId) || grant.subject().equals(subject);
  }

  /** When its replay can tell nothing more: not before all that came of it is dead. */
  synchronized long forgettableAt() {
    return family == null ? expiresAt : Math.max(expiresAt, family.isOverAt());
  }

  /** What it takes of the store's {@link Room}. */
  int weight() {
    return Room.weight(
        grant.subject().length()
            + grant.scope().toString().length()
            + grant.redirectUri().length());
  }
}
