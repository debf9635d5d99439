package dev.postern.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import jakarta.json.JsonObject;

/**
 * What an answer brought.
 *
 * @param access the access token
 * @param refresh the refresh token, {@code ""} where there is none
 */
record Tokens(String access, String refresh) {
  /** The tokens of an answer, which has to be a 200. */
  static Tokens in(Answer answer) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    JsonObject body = answer.json();
    return new Tokens(body.getString("access_token"), body.getString("refresh_token", ""));
  }
}
