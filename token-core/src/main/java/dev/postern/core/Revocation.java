package dev.postern.core;

/** What a {@link TokenStore} takes back. */
public sealed interface Revocation {

  /** A code, and if it was spent, all tokens that came of it (RFC 6749 s4.1.2). */
  record OfCode(TokenHash code) implements Revocation {}

  /** A refresh token with all that it came of and all that came of it (RFC 9700 s4.14.2). */
  record OfFamily(TokenHash family) implements Revocation {}

  /** One access token. */
  record OfAccessToken(TokenHash accessToken) implements Revocation {}

  /** All that was issued for a user, to whichever client. */
  record OfSubject(String subject) implements Revocation {}

  /** All that was issued to a client. */
  record OfClient(String clientId) implements Revocation {}
}
