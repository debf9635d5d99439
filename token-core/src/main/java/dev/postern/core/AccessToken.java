package dev.postern.core;

/**
 * An access token as a {@link TokenIssuer} made it.
 *
 * @param value what the client gets
 * @param type {@code token_type} of the answer (RFC 6749 s7.1)
 * @param isKept whether a store has to keep it, because the token itself says nothing
 */
public record AccessToken(Secret value, String type, boolean isKept) {

  /** A token whose meaning is known to the store alone. */
  public static AccessToken opaque(Secret value) {
    return new AccessToken(value, "Bearer", true);
  }
}
