package dev.postern.core.memory;

import dev.postern.core.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What an access token is good for. Tokens that are good for the same may share one. Immutable.
 *
 * @param clientId the client it was issued to
 * @param subject for whom
 * @param scope what it allows
 * @param family what it came of and dies with, if it came of a code or a refresh token
 */
record AccessGrant(String clientId, String subject, Scope scope, @Nullable Family family) {

  boolean isRevoked() {
    return family != null && family.isRevoked();
  }

  boolean isOf(String otherClient, String otherSubject) {
    return clientId.equals(otherClient) || subject.equals(otherSubject);
  }

  /** What each of its tokens takes of the store's {@link Room}. */
  int weight() {
    return Room.weight(subject, scope);
  }
}
