package dev.postern.servlet;

import dev.postern.core.Scope;
import java.security.Principal;
import java.time.Instant;

/**
 * Who asks with an access token, behind a {@link BearerFilter}: {@code request.getUserPrincipal()}.
 * Immutable.
 */
public final class TokenPrincipal implements Principal {
  private final String subject;
  private final String clientId;
  private final Scope scope;
  private final Instant expiresAt;

  TokenPrincipal(String subject, String clientId, Scope scope, Instant expiresAt) {
    this.subject = subject;
    this.clientId = clientId;
    this.scope = scope;
    this.expiresAt = expiresAt;
  }

  /** For whom the token was issued; the client's id when it acts for itself. */
  @Override
  public String getName() {
    return subject;
  }

  /** The client that the token was issued to. */
  public String clientId() {
    return clientId;
  }

  /** What the token allows. */
  public Scope scope() {
    return scope;
  }

  /** When the token expires; at this instant it is not good any more. */
  public Instant expiresAt() {
    return expiresAt;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenPrincipal that
        && subject.equals(that.subject)
        && clientId.equals(that.clientId)
        && scope.equals(that.scope)
        && expiresAt.equals(that.expiresAt);
  }

  @Override
  public int hashCode() {
    return subject.hashCode();
  }

  @Override
  public String toString() {
    return "TokenPrincipal " + subject;
  }
}
