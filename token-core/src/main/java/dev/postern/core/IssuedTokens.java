package dev.postern.core;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of one answer (RFC 6749 s5.1). Prints none of them.
 *
 * @param accessToken the access token
 * @param type its {@code token_type}
 * @param expiresIn what is left of its life
 * @param refreshToken the refresh token, if one goes along
 * @param scope of the access token
 * @param members further members of the answer, by name
 */
public record IssuedTokens(
    Secret accessToken,
    String type,
    Duration expiresIn,
    Optional<Secret> refreshToken,
    Scope scope,
    Map<String, String> members) {

  /** Without the tokens, and of the members the names only: an extension may keep secrets there. */
  @Override
  public String toString() {
    return "IssuedTokens[type="
        + type
        + ", expiresIn="
        + expiresIn
        + ", scope="
        + scope
        + ", members="
        + members.keySet()
        + "]";
  }
}
