package dev.postern.core.memory;

import dev.postern.core.Scope;
import dev.postern.core.StoredAccessToken;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An opaque access token. Times are in milliseconds since the epoch. Thread-safe. */
final class AccessEntry {
  private final String clientId;
  private final String subject;
  private final Scope scope;
  private final @Nullable Family family;
  private final long expiresAt;
  private volatile boolean isRevoked;

  AccessEntry(
      String clientId, String subject, Scope scope, @Nullable Family family, long expiresAt) {
    this.clientId = clientId;
    this.subject = subject;
    this.scope = scope;
    this.family = family;
    this.expiresAt = expiresAt;
  }

  Optional<StoredAccessToken> find(long now) {
    boolean isLive = now < expiresAt && !isRevoked && (family == null || !family.isRevoked());
    return isLive
        ? Optional.of(
            new StoredAccessToken(clientId, subject, scope, Duration.ofMillis(expiresAt - now)))
        : Optional.empty();
  }

  void revoke() {
    isRevoked = true;
  }

  boolean isOf(String otherClient, String otherSubject) {
    return clientId.equals(otherClient) || subject.equals(otherSubject);
  }

  /** What it takes of the store's {@link Room}. */
  int weight() {
    return Room.weight(subject.length() + scope.toString().length());
  }
}
