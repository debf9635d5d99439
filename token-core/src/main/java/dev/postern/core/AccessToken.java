package dev.postern.core;

/**
 * An access token as a {@link TokenIssuer} made it.
 *
 * @param value what the client gets
 * @param type {@code token_type} of the answer (RFC 6749 s7.1)
 * @param isKept whether a store has to keep it, because the token itself says nothing; only one of
 *     type {@code Bearer} can be kept: for such a one introspection and the bearer filter take it
 */
public record AccessToken(Secret value, String type, boolean isKept) {
  private static final String BEARER = "Bearer";

  /**
   * A token of this type.
   *
   * @throws IllegalArgumentException when it is to be kept and is no bearer token
   */
  public AccessToken {
    if (isKept && !type.equalsIgnoreCase(BEARER)) {
      throw new IllegalArgumentException("only bearer tokens can be kept, and this is a " + type);
    }
  }

  /** A token whose meaning is known to the store alone. */
  public static AccessToken opaque(Secret value) {
    return new AccessToken(value, BEARER, true);
  }
}
