package dev.postern.core.rfc9700;

import static dev.postern.core.StandardReason.REFRESH_TOKEN_REUSED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REVOKED;
import static dev.postern.core.StandardReason.SCOPE_MALFORMED;
import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Answers.scope;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Lifetimes;
import dev.postern.core.TokenResult;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC9700-4.14.2")
@DisplayName("RFC 9700 s4.14.2: refresh token rotation, replay, and the retry of a lost answer")
class Section4_14_2Test {
  private final Endpoint endpoint = Endpoint.standard();

  private TokenResult redeemed() {
    return Codes.redeem(endpoint, endpoint.code(Codes.ofShop()));
  }

  private TokenResult refresh(String token, String... more) {
    return Codes.refresh(endpoint, token, more);
  }

  private boolean isAlive(TokenResult issued) {
    return endpoint.server().find(accessToken(issued)).isPresent();
  }

  @Test
  @DisplayName("the answer was lost: the same answer again, its expires_in counted down")
  void retry() {
    String old = refreshToken(redeemed());
    TokenResult.Issued lost = assertIssued(refresh(old));
    endpoint.clock().advance(Duration.ofSeconds(20));
    TokenResult.Issued again = assertIssued(refresh(old));

    assertThat(again.isRepeated()).isTrue();
    assertThat(again.tokens().accessToken()).isEqualTo(lost.tokens().accessToken());
    assertThat(again.tokens().refreshToken()).isEqualTo(lost.tokens().refreshToken());
    assertThat(again.tokens().type()).isEqualTo("Bearer");
    assertThat(again.tokens().scope()).isEqualTo(lost.tokens().scope());
    assertThat(again.tokens().expiresIn()).isEqualTo(Duration.ofMinutes(10).minusSeconds(20));
    assertThat(again.tokens().members()).isEmpty();
    assertThat(again.isScopeTold()).isTrue();
    assertThat(again.subject()).isEqualTo("alice");
    assertThat(again.client().id()).isEqualTo(TestClients.SHOP);
    assertThat(isAlive(again)).isTrue();
    assertIssued(refresh(refreshToken(again)));
  }

  @Test
  void retry_as_often_as_it_takes() {
    String old = refreshToken(redeemed());
    TokenResult lost = refresh(old);

    for (int i = 0; i < 5; i++) {
      endpoint.clock().advance(Duration.ofSeconds(10));
      assertThat(accessToken(refresh(old))).isEqualTo(accessToken(lost));
    }
  }

  @Test
  @Rfc("RFC9700-2.2.2")
  void retry_of_a_public_client() {
    TokenResult redeemed =
        endpoint.handle(
            NO_HEADER,
            Forms.code(
                endpoint.code(Codes.ofApp()),
                "client_id",
                TestClients.APP,
                "redirect_uri",
                TestClients.APP_URI,
                "code_verifier",
                Codes.VERIFIER));
    var form = Forms.refresh(refreshToken(redeemed), "client_id", TestClients.APP);
    TokenResult lost = endpoint.handle(NO_HEADER, form);

    assertThat(accessToken(endpoint.handle(NO_HEADER, form))).isEqualTo(accessToken(lost));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"profile orders.read", "orders.read profile", "profile profile orders.read"})
  void retry_for_the_same_scope(String scope) {
    String old = refreshToken(redeemed());
    TokenResult lost = refresh(old, "scope", "profile orders.read");
    TokenResult.Issued again = assertIssued(refresh(old, "scope", scope));

    assertThat(accessToken(again)).isEqualTo(accessToken(lost));
    assertThat(again.isScopeTold()).isFalse();
    assertThat(scope(refresh(refreshToken(again)))).isEqualTo("profile orders.read orders.write");
  }

  @Test
  void all_of_the_scope_named_and_not_named_are_the_same() {
    String old = refreshToken(redeemed());
    TokenResult lost = refresh(old);

    assertThat(accessToken(refresh(old, "scope", "orders.write orders.read profile")))
        .isEqualTo(accessToken(lost));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "profile", "orders.read orders.write", "admin"})
  @DisplayName("for another scope it is no retry")
  void retry_for_another_scope(String scope) {
    String old = refreshToken(redeemed());
    TokenResult lost = refresh(old, "scope", "profile orders.read");

    assertGrantRefused(refresh(old, "scope", scope), REFRESH_TOKEN_REUSED);
    assertThat(isAlive(lost)).isFalse();
    assertGrantRefused(refresh(refreshToken(lost)), REFRESH_TOKEN_REVOKED);
  }

  @Test
  void malformed_scope_is_no_replay_yet() {
    String old = refreshToken(redeemed());
    TokenResult lost = refresh(old);

    assertRefused(
        refresh(old, "scope", "a  b"),
        SCOPE_MALFORMED,
        "invalid_scope",
        "TOK6001: the scope is not a list of words with one space between them: scope");
    assertThat(accessToken(refresh(old))).isEqualTo(accessToken(lost));
  }

  @Test
  @DisplayName("the grace ends at its instant")
  void grace_boundary() {
    String old = refreshToken(redeemed());
    TokenResult lost = refresh(old);

    endpoint.clock().advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(assertIssued(refresh(old)).isRepeated()).isTrue();
    endpoint.clock().advance(Duration.ofMillis(1));
    assertThat(assertGrantRefused(refresh(old), REFRESH_TOKEN_REUSED).refusal().detail())
        .isEqualTo("60 s ago");
    assertThat(isAlive(lost)).isFalse();
    assertGrantRefused(refresh(refreshToken(lost)), REFRESH_TOKEN_REVOKED);
  }

  @Test
  @DisplayName("the grace does not start anew with a retry")
  void grace_counts_from_the_rotation() {
    String old = refreshToken(redeemed());
    refresh(old);
    endpoint.clock().advance(Duration.ofSeconds(40));
    assertIssued(refresh(old));
    endpoint.clock().advance(Duration.ofSeconds(40));

    assertGrantRefused(refresh(old), REFRESH_TOKEN_REUSED);
  }

  @Test
  @DisplayName("the grace ends when the successor is first used")
  void after_the_successor_was_used() {
    TokenResult redeemed = redeemed();
    String old = refreshToken(redeemed);
    TokenResult second = refresh(old);
    TokenResult third = refresh(refreshToken(second));

    assertGrantRefused(refresh(old), REFRESH_TOKEN_REUSED);
    assertThat(isAlive(redeemed)).isFalse();
    assertThat(isAlive(second)).isFalse();
    assertThat(isAlive(third)).isFalse();
    assertGrantRefused(refresh(refreshToken(third)), REFRESH_TOKEN_REVOKED);
    assertGrantRefused(refresh(refreshToken(second)), REFRESH_TOKEN_REVOKED);
    assertGrantRefused(refresh(old), REFRESH_TOKEN_REVOKED);
  }

  @Test
  void retry_of_the_successor_is_one_of_its_own() {
    String first = refreshToken(redeemed());
    String second = refreshToken(refresh(first));
    TokenResult lost = refresh(second);

    assertThat(accessToken(refresh(second))).isEqualTo(accessToken(lost));
    assertGrantRefused(refresh(first), REFRESH_TOKEN_REUSED);
  }

  @Test
  void reuse_long_after() {
    String old = refreshToken(redeemed());
    String current = refreshToken(refresh(old));
    endpoint.clock().advance(Duration.ofDays(29));
    TokenResult latest = refresh(current);

    assertGrantRefused(refresh(old), REFRESH_TOKEN_REUSED);
    assertThat(isAlive(latest)).isFalse();
    assertGrantRefused(refresh(refreshToken(latest)), REFRESH_TOKEN_REVOKED);
  }

  @Test
  void reuse_leaves_other_families_alone() {
    TokenResult other = redeemed();
    String old = refreshToken(redeemed());
    refresh(old);
    endpoint.clock().advance(Duration.ofMinutes(2));
    assertGrantRefused(refresh(old), REFRESH_TOKEN_REUSED);

    assertThat(isAlive(other)).isTrue();
    assertIssued(refresh(refreshToken(other)));
  }

  @Test
  @DisplayName("grace 0: every reuse ends the family")
  void grace_off() {
    Lifetimes standard = Lifetimes.STANDARD;
    Endpoint strict =
        Endpoint.builder()
            .lifetimes(
                new Lifetimes(
                    standard.accessToken(),
                    standard.refreshToken(),
                    standard.refreshFamily(),
                    Duration.ZERO,
                    standard.code()))
            .build();
    String old = refreshToken(Codes.redeem(strict, strict.code(Codes.ofShop())));
    TokenResult second = Codes.refresh(strict, old);

    assertGrantRefused(Codes.refresh(strict, old), REFRESH_TOKEN_REUSED);
    assertGrantRefused(Codes.refresh(strict, refreshToken(second)), REFRESH_TOKEN_REVOKED);
  }

  @Test
  @DisplayName("an answer whose access token is over is not given again")
  void answer_that_is_over() {
    Endpoint shortLived =
        Endpoint.builder()
            .lifetimes(
                new Lifetimes(
                    Duration.ofSeconds(30),
                    Duration.ofDays(1),
                    Duration.ofDays(2),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1)))
            .build();
    String old = refreshToken(Codes.redeem(shortLived, shortLived.code(Codes.ofShop())));
    Codes.refresh(shortLived, old);
    shortLived.clock().advance(Duration.ofSeconds(29));
    assertThat(assertIssued(Codes.refresh(shortLived, old)).tokens().expiresIn())
        .isEqualTo(Duration.ofSeconds(1));
    shortLived.clock().advance(Duration.ofSeconds(1));

    assertGrantRefused(Codes.refresh(shortLived, old), REFRESH_TOKEN_REUSED);
  }

  @Test
  void retry_after_revocation() {
    String old = refreshToken(redeemed());
    TokenResult lost = refresh(old);
    endpoint.server().revokeToken(refreshToken(lost));

    assertGrantRefused(refresh(old), REFRESH_TOKEN_REVOKED);
  }

  @Test
  @DisplayName("I4: an access token that was revoked is not handed out once more")
  void retry_after_revocation_of_the_access_token() {
    String old = refreshToken(redeemed());
    TokenResult.Issued answered = assertIssued(refresh(old));
    endpoint.server().revokeToken(answered.tokens().accessToken().reveal());

    assertGrantRefused(refresh(old), REFRESH_TOKEN_REUSED);
    assertGrantRefused(refresh(refreshToken(answered)), REFRESH_TOKEN_REVOKED);
  }

  @Test
  @DisplayName("I4: that the access token before was revoked does not keep an answer back")
  void retry_after_revocation_of_the_access_token_before() {
    TokenResult.Issued first = assertIssued(redeemed());
    String old = refreshToken(first);
    TokenResult.Issued answered = assertIssued(refresh(old));
    endpoint.server().revokeToken(first.tokens().accessToken().reveal());

    assertThat(assertIssued(refresh(old)).tokens().accessToken())
        .isEqualTo(answered.tokens().accessToken());
  }

  @Test
  @DisplayName("who has the family but not the token gives away as much as a thief")
  void forged_token_of_a_known_family() {
    String token = refreshToken(redeemed());
    String forged = token.substring(0, 22) + "x".repeat(43);

    assertGrantRefused(refresh(forged), REFRESH_TOKEN_REUSED);
    assertGrantRefused(refresh(token), REFRESH_TOKEN_REVOKED);
  }
}
