package dev.postern.it.contract;

import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.SCOPE_MALFORMED;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Client Credentials Grant, grant types, and scope")
@Rfc({"RFC6749-4.4", "RFC6749-5.1", "RFC6749-3.3"})
@Slice
abstract class ClientCredentialsContract extends Contract {
  ClientCredentialsContract(Running running) {
    super(running);
  }

  @Test
  @DisplayName("The parameters are included in the entity-body using \"application/json\"")
  void the_answer_has_these_members_in_this_order() {
    Answer answer = batch(CLIENT_CREDENTIALS);
    JsonObject tokens = assertIssued(answer);

    assertThat(tokens.keySet())
        .containsExactly("access_token", "token_type", "expires_in", "scope");
    assertThat(tokens.get("expires_in").getValueType()).isEqualTo(JsonValue.ValueType.NUMBER);
    assertThat(tokens.getInt("expires_in")).isEqualTo(600);
    assertThat(answer.text()).startsWith("{\"access_token\":\"").doesNotContain("\n", " :");
  }

  @Test
  @DisplayName("A refresh token SHOULD NOT be included")
  void no_refresh_token() {
    assertThat(assertIssued(batch(CLIENT_CREDENTIALS))).doesNotContainKey("refresh_token");
  }

  @Test
  void the_application_sees_what_the_token_means() {
    String token = access(assertIssued(batch(CLIENT_CREDENTIALS + "&scope=orders.read")));

    assertThat(shop().find(token)).matches("batch\\|batch\\|orders\\.read\\|(600|59\\d)");
    assertThat(shop().find(token + "x")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          orders.read                          |                          | orders.read
          orders.read+orders.write             |                          | orders.read orders.write
          orders.write+orders.read             |                          | orders.read orders.write
          orders.read+orders.read              |                          | orders.read
          ''                                   | orders.read orders.write | orders.read orders.write
          """)
  @DisplayName("OPTIONAL, if identical to the scope requested by the client; otherwise, REQUIRED")
  void the_scope_is_told_when_it_differs(String asked, String told, String held) {
    JsonObject tokens = assertIssued(batch(CLIENT_CREDENTIALS + "&scope=" + asked));

    assertThat(tokens.getString("scope", null)).isEqualTo(told);
    assertThat(shop().find(access(tokens)).split("\\|")[2].split(" "))
        .containsExactlyInAnyOrder(held.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin",
        "orders.read+admin",
        "orders",
        "orders.read2",
        "orders.*",
        "*",
        "orders.read,orders.write"
      })
  void what_the_client_does_not_have_is_refused(String scope) {
    assertRefused(batch(CLIENT_CREDENTIALS + "&scope=" + scope), 400, SCOPE_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+orders.read",
        "orders.read+",
        "orders.read++orders.write",
        "+",
        "%22orders.read%22",
        "orders%5Cread",
        "orders.read%09orders.write",
        "orders.read%C3%A9",
        "orders.read%7F",
        "orders.read%C2%A0orders.write",
        "orders.read%0Aorders.write"
      })
  @DisplayName("scope-token = 1*( %x21 / %x23-5B / %x5D-7E )")
  void a_malformed_scope_is_refused(String scope) {
    assertRefused(batch(CLIENT_CREDENTIALS + "&scope=" + scope), 400, SCOPE_MALFORMED);
  }

  @Test
  void two_thousand_scopes_are_refused_in_no_time() {
    String scope = "a+".repeat(1_999) + "b";

    assertRefused(batch(CLIENT_CREDENTIALS + "&scope=" + scope), 400, SCOPE_NOT_ALLOWED);
  }

  @Test
  void a_client_without_scope_gets_a_token_without_scope() {
    String header = basic("no-scope", "kX7-no-scope-generated-secret-0009");
    JsonObject tokens = assertIssued(shop().token(CLIENT_CREDENTIALS, header));

    assertThat(tokens).doesNotContainKey("scope");
    assertRefused(shop().token(CLIENT_CREDENTIALS + "&scope=a", header), 400, SCOPE_NOT_ALLOWED);
  }

  @ParameterizedTest
  @CsvSource({
    "openid+profile+offline_access", "orders.read+openid+profile+offline_access",
    "openid+orders.read", "offline_access"
  })
  void scopes_that_the_registration_ignores_are_ignored(String scope) {
    String header = basic("msal", "kX7-msal-generated-secret-0008");
    JsonObject tokens =
        assertIssued(shop().token(CLIENT_CREDENTIALS + "&client_info=1&scope=" + scope, header));

    assertThat(tokens.getString("scope")).isEqualTo("orders.read");
  }

  @Test
  void others_are_refused_to_that_client_as_to_any() {
    String header = basic("msal", "kX7-msal-generated-secret-0008");

    assertRefused(
        shop().token(CLIENT_CREDENTIALS + "&scope=openid+admin", header), 400, SCOPE_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "implicit",
        "token",
        "code",
        "CLIENT_CREDENTIALS",
        "client_credentials+",
        "+client_credentials",
        "client_credentials,password",
        "client-credentials",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "urn:ietf:params:oauth:grant-type:token-exchange",
        "null",
        "0"
      })
  @DisplayName("The authorization grant type is not supported by the authorization server")
  void an_unknown_grant_type(String grantType) {
    assertRefused(batch("grant_type=" + grantType), 400, GRANT_TYPE_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization_code&code=a-code-of-nobody-0",
        "refresh_token&refresh_token=a-token-of-nobody",
        "password&username=alice&password=wonderland",
        "authorization_code",
        "refresh_token"
      })
  @DisplayName("The authenticated client is not authorized to use this authorization grant type")
  void a_grant_type_that_the_client_is_not_registered_for(String grantType) {
    assertRefused(batch("grant_type=" + grantType), 400, GRANT_TYPE_NOT_REGISTERED);
  }

  @Test
  @DisplayName("The client credentials grant type MUST only be used by confidential clients")
  void a_public_client_is_not_registered_for_it() {
    assertRefused(
        shop().token(CLIENT_CREDENTIALS + "&client_id=app"), 400, GRANT_TYPE_NOT_REGISTERED);
    assertRefused(shop().token(CLIENT_CREDENTIALS, AS_SHOP), 400, GRANT_TYPE_NOT_REGISTERED);
  }

  @Test
  void parameters_of_other_grants_are_ignored() {
    assertIssued(
        batch(CLIENT_CREDENTIALS + "&code=x&redirect_uri=x&refresh_token=x&username=x&password=x"));
  }

  @Test
  @Rfc("RFC6749-10.10")
  @DisplayName(
      "The probability of an attacker guessing generated tokens MUST be less than 2^(-128)")
  void no_token_comes_twice() {
    java.util.Set<String> tokens = new java.util.HashSet<>();
    for (int i = 0; i < 50; i++) {
      tokens.add(access(assertIssued(batch(CLIENT_CREDENTIALS))));
    }

    assertThat(tokens).hasSize(50);
  }

  @Test
  void a_token_that_the_application_revokes_is_dead() {
    String one = access(assertIssued(batch(CLIENT_CREDENTIALS)));
    String other = access(assertIssued(batch(CLIENT_CREDENTIALS)));
    shop().host("do=revoke-token&token=" + one);

    assertThat(shop().isAlive(one)).isFalse();
    assertThat(shop().isAlive(other)).isTrue();
  }
}
