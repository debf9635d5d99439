package dev.postern.core;

import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.Forms.clientCredentials;
import static dev.postern.core.testing.Forms.grant;
import static dev.postern.core.testing.Forms.password;
import static dev.postern.core.testing.Forms.refresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.TestClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What would come of a request, for an operator who asks")
class DryRunTest {
  private final Endpoint endpoint = Endpoint.standard();

  private Optional<Reason> reason(AuthorizationHeader header, Form form) {
    return endpoint.examine(header, form).map(Refusal::reason);
  }

  @Test
  void the_client_is_taken_at_its_word() {
    assertThat(reason(basic("batch", "wrong"), clientCredentials())).isEmpty();
    assertThat(reason(basic("shop", "wrong"), password("alice", "wrong"))).isEmpty();
  }

  @Test
  void who_it_is_has_to_make_sense() {
    assertThat(reason(basic("nobody", "x"), clientCredentials()))
        .contains(StandardReason.CLIENT_UNKNOWN);
    assertThat(reason(NO_HEADER, clientCredentials("client_id", "batch")))
        .contains(StandardReason.CREDENTIALS_REQUIRED);
    assertThat(reason(basic("poster", "x"), clientCredentials()))
        .contains(StandardReason.METHOD_MISMATCH);
    assertThat(reason(basic("batch", "x"), clientCredentials("client_id", "shop")))
        .contains(StandardReason.CLIENT_ID_MISMATCH);
    assertThat(reason(NO_HEADER, clientCredentials())).contains(StandardReason.CREDENTIALS_MISSING);
  }

  @Test
  void a_client_whose_last_secret_has_expired() {
    Endpoint own =
        Endpoint.of(
            Client.withId("late")
                .secret(TestClients.secretUntil("x", endpoint.clock().instant()))
                .grantTypes("client_credentials")
                .build(),
            Client.withId("changing")
                .secret(TestClients.secretUntil("x", endpoint.clock().instant()))
                .secret(TestClients.secret("y"))
                .grantTypes("client_credentials")
                .build());

    assertThat(own.examine(basic("late", "x"), clientCredentials()).map(Refusal::reason))
        .contains(StandardReason.SECRET_EXPIRED);
    assertThat(own.examine(basic("changing", "x"), clientCredentials())).isEmpty();
  }

  @Test
  void the_request_has_to_be_in_order() {
    assertThat(reason(basic("batch", "x"), Form.of("scope", "a", "scope", "b")))
        .contains(StandardReason.PARAMETER_REPEATED);
    assertThat(reason(basic("batch", "x"), grant("zqx")))
        .contains(StandardReason.GRANT_TYPE_UNSUPPORTED);
    assertThat(reason(basic("batch", "x"), clientCredentials("scope", "ORDERS.READ")))
        .contains(StandardReason.SCOPE_IN_OTHER_CASE);
  }

  @Test
  @DisplayName("a stolen refresh token is told of, and the family lives on")
  void nothing_is_revoked() {
    AuthorizationHeader shop = basic("shop", TestClients.SHOP_SECRET);
    String code = endpoint.code(CodeRequest.of("shop", "alice").redirectUri(TestClients.SHOP_URI));
    Form redeem =
        Form.of(
            "grant_type", "authorization_code", "code", code, "redirect_uri", TestClients.SHOP_URI);
    assertThat(reason(shop, redeem)).isEmpty();
    String first = refreshToken(endpoint.handle(shop, redeem));
    assertThat(reason(shop, redeem)).contains(StandardReason.CODE_SPENT);

    String second = refreshToken(endpoint.handle(shop, refresh(first)));
    endpoint.clock().advance(Duration.ofMinutes(2));

    assertThat(reason(shop, refresh(first))).contains(StandardReason.REFRESH_TOKEN_REUSED);
    assertThat(reason(shop, refresh(second))).isEmpty();
    assertThat(refreshToken(endpoint.handle(shop, refresh(second)))).isNotEmpty();
  }

  private static String refreshToken(TokenResult result) {
    return result.fold(
        issued -> issued.tokens().refreshToken().orElseThrow().reveal(),
        refused -> {
          throw new AssertionError(refused.refusal().toString());
        });
  }

  @Test
  void says_whom_it_believed() {
    assertThat(endpoint.outlook(basic("shop", "x"), clientCredentials()).believed())
        .containsExactly(Check.CLIENT);
    assertThat(endpoint.outlook(basic("shop", "x"), password("alice", "x")).believed())
        .containsExactlyInAnyOrder(Check.CLIENT, Check.GRANT);
  }

  @Test
  @DisplayName("guesses that failed do not count, and nothing is locked out")
  void nothing_is_counted() {
    Endpoint strict = Endpoint.builder().failureLimit(1).build();
    for (AuthorizationHeader header :
        List.of(basic("shop", "a"), basic("shop", "b"), basic("shop", "c"))) {
      assertThat(strict.examine(header, password("alice", "wrong"))).isEmpty();
      assertThat(strict.examine(basic("nobody", "x"), clientCredentials())).isPresent();
    }

    assertThat(strict.handle(basic("nobody", "x"), clientCredentials()))
        .extracting(result -> ((TokenResult.Refused) result).refusal().reason())
        .isEqualTo(StandardReason.CLIENT_UNKNOWN);
  }
}
