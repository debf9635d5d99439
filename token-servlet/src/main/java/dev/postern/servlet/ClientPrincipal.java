package dev.postern.servlet;

import java.security.Principal;

/**
 * The client that {@link TokenGuard} authenticated, for the endpoint behind it: {@code
 * request.getUserPrincipal()}. It is no user and has no roles. Immutable.
 */
public final class ClientPrincipal implements Principal {
  private final String clientId;
  private final boolean isPublic;

  ClientPrincipal(String clientId, boolean isPublic) {
    this.clientId = clientId;
    this.isPublic = isPublic;
  }

  /** The client id. */
  @Override
  public String getName() {
    return clientId;
  }

  /** Whether it only said who it is, as public clients do, and proved nothing. */
  public boolean isPublic() {
    return isPublic;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientPrincipal that
        && clientId.equals(that.clientId)
        && isPublic == that.isPublic;
  }

  @Override
  public int hashCode() {
    return clientId.hashCode();
  }

  @Override
  public String toString() {
    return "ClientPrincipal " + clientId;
  }
}
