package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CREDENTIALS_MISSING;
import static dev.postern.core.StandardReason.INTROSPECTION_NOT_REGISTERED;
import static dev.postern.core.StandardReason.MEDIA_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.METHOD_NOT_ALLOWED;
import static dev.postern.core.StandardReason.NO_SUCH_ENDPOINT;
import static dev.postern.core.StandardReason.PARAMETER_IN_QUERY;
import static dev.postern.core.StandardReason.PARAMETER_MISSING;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.AnyServer;
import dev.postern.it.Rfc;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A resource server learns what a token means, and nobody else does")
@Rfc({"RFC7662-2", "RFC7662-2.1", "RFC7662-2.2"})
@Slice
abstract class IntrospectionContract extends Contract {
  private static final String INACTIVE = "{\"active\":false}";

  IntrospectionContract(Running running) {
    super(running);
  }

  private static JsonObject active(Answer answer) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    assertThat(answer.headers("Content-Type")).containsExactly("application/json");
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
    assertThat(answer.json().getBoolean("active")).isTrue();
    return answer.json();
  }

  private static void assertInactive(Answer answer) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    assertThat(answer.headers("Content-Type")).containsExactly("application/json");
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
    assertThat(answer.text()).isEqualTo(INACTIVE);
  }

  @Test
  void an_access_token_of_a_user() {
    JsonObject body = active(introspect(access(shopTokens()), AS_API));

    assertThat(body.keySet())
        .containsExactly("active", "scope", "client_id", "username", "token_type", "exp", "sub");
    assertThat(body.getString("scope")).isEqualTo("profile email orders.read");
    assertThat(body.getString("client_id")).isEqualTo(TestClients.SHOP);
    assertThat(body.getString("username")).isEqualTo("alice");
    assertThat(body.getString("token_type")).isEqualTo("Bearer");
    assertThat(body.getString("sub")).isEqualTo("alice");
    long left = body.getJsonNumber("exp").longValueExact() - Instant.now().getEpochSecond();
    assertThat(left).isBetween(570L, 600L);
  }

  @Test
  void an_access_token_of_a_client_for_itself() {
    String token = access(assertIssued(batch(CLIENT_CREDENTIALS + "&scope=orders.read")));

    JsonObject body = active(introspect(token, AS_API));

    assertThat(body.keySet())
        .containsExactly("active", "scope", "client_id", "token_type", "exp", "sub");
    assertThat(body.getString("scope")).isEqualTo("orders.read");
    assertThat(body.getString("sub")).isEqualTo(TestClients.BATCH);
  }

  @Test
  @DisplayName("a refresh token has no token_type: no resource may take it for an access token")
  void a_refresh_token() {
    JsonObject tokens = shopTokens();

    JsonObject body = active(introspect(refresh(tokens), AS_API));
    JsonObject rotated = assertIssued(refreshShop(refresh(tokens), ""));

    assertThat(body.keySet())
        .containsExactly("active", "scope", "client_id", "username", "exp", "sub");
    long left = body.getJsonNumber("exp").longValueExact() - Instant.now().getEpochSecond();
    assertThat(left).isBetween(2_591_000L, 2_592_000L);
    assertInactive(introspect(refresh(tokens), AS_API));
    active(introspect(refresh(rotated), AS_API));
  }

  @Test
  @AnyServer("the issuer is a setting of ours")
  void the_issuer_is_told_where_there_is_one() {
    Endpoint issuing =
        endpoint(
            "base-issuer",
            () ->
                TestApp.with(TestClients.all())
                    .parameter("issuer", "https://id.example/tenant")
                    .alone());
    String token = access(assertIssued(issuing.token(CLIENT_CREDENTIALS, AS_BATCH)));

    assertThat(active(issuing.post(INTROSPECT, "token=" + token, AS_API)).getString("iss"))
        .isEqualTo("https://id.example/tenant");
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token", "%00no", "urn:x"})
  void a_hint_is_a_hint(String hint) {
    JsonObject tokens = shopTokens();
    for (String token : new String[] {access(tokens), refresh(tokens)}) {
      Answer answer =
          shop().post(INTROSPECT, "token=" + token + "&token_type_hint=" + hint, AS_API);
      if (hint.equals("%00no")) {
        assertThat(answer.status()).isEqualTo(400);
      } else {
        active(answer);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00FC", "a b", "\n", "<script>", "${jndi:x}"})
  void what_nobody_knows_is_not_active(String token) {
    assertInactive(introspect(token, AS_API));
    assertInactive(introspect(token.repeat(43), AS_API));
  }

  @Test
  void what_was_revoked_is_not_active() {
    JsonObject tokens = shopTokens();
    shop().host("do=revoke-token&token=" + refresh(tokens));

    assertInactive(introspect(access(tokens), AS_API));
    assertInactive(introspect(refresh(tokens), AS_API));
  }

  @Test
  void other_clients_are_refused() {
    String token = access(assertIssued(batch(CLIENT_CREDENTIALS)));

    assertRefused(introspect(token, AS_BATCH), 403, INTROSPECTION_NOT_REGISTERED);
    assertRefused(
        shop().post(INTROSPECT, "client_id=app&token=" + token), 403, INTROSPECTION_NOT_REGISTERED);
    assertThat(shop().isAlive(token)).isTrue();
  }

  @Test
  @Rfc("RFC7662-2.3")
  @DisplayName(
      "s2.3: its credentials are invalid, the authorization server responds with an HTTP 401"
          + " (Unauthorized) as described in Section 5.2 of OAuth 2.0")
  void who_does_not_authenticate_is_refused_as_at_the_token_endpoint() {
    String token = access(assertIssued(batch(CLIENT_CREDENTIALS)));

    assertRefused(
        introspect(token, basic(TestClients.API, "zqx-guess-0123")),
        401,
        CLIENT_REFUSED,
        SECRET_MISMATCH);
    assertRefused(introspect(token), 400, CREDENTIALS_MISSING);
  }

  @Test
  void the_request_is_read_as_strictly_as_a_token_request() {
    assertRefused(shop().post(INTROSPECT, "", AS_API), 400, PARAMETER_MISSING);
    assertRefused(shop().post(INTROSPECT, "token=a&token=a", AS_API), 400, PARAMETER_REPEATED);
    assertRefused(
        shop().post(INTROSPECT + "?token=zqx-query-0123", "token=a", AS_API),
        400,
        PARAMETER_IN_QUERY);
    assertRefused(
        shop().post(INTROSPECT, "{}", AS_API, "Content-Type: application/json"),
        400,
        MEDIA_TYPE_UNSUPPORTED);
    assertRefused(shop().send("GET", INTROSPECT, AS_API), 405, METHOD_NOT_ALLOWED);
    assertRefused(shop().post(INTROSPECT + "/", "token=a", AS_API), 404, NO_SUCH_ENDPOINT);
  }

  @Test
  void a_parameter_of_the_token_endpoint_means_nothing_here() {
    assertInactive(
        shop().post(INTROSPECT + "?scope=x&grant_type=y", "token=a&scope=b&scope=c", AS_API));
  }

  @Test
  void a_resource_server_gets_no_tokens() {
    assertRefused(
        shop().token(CLIENT_CREDENTIALS, AS_API),
        400,
        dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED);
  }
}
