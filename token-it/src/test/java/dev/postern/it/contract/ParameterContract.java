package dev.postern.it.contract;

import static dev.postern.core.StandardReason.GRANT_TYPE_MISSING;
import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.PARAMETER_IN_QUERY;
import static dev.postern.core.StandardReason.PARAMETER_MISSING;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.PARAMETER_TOO_LONG;
import static dev.postern.core.StandardReason.SCOPE_MALFORMED;
import static dev.postern.core.StandardReason.SEVERAL_MECHANISMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Quirk;
import dev.postern.it.Rfc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Parameters: repeated, empty, unknown, long, in the query")
@Rfc("RFC6749-3.2")
@Slice
abstract class ParameterContract extends Contract {
  ParameterContract(Running running) {
    super(running);
  }

  @Nested
  @DisplayName("Request and response parameters MUST NOT be included more than once")
  final class Repeated {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "client_id",
          "client_secret",
          "client_assertion",
          "client_assertion_type",
          "scope",
          "code",
          "redirect_uri",
          "refresh_token",
          "username",
          "password"
        })
    void a_known_one(String name) {
      for (String values : new String[] {"a&%s=a", "a&%s=b", "&%s=a", "a&%s=", "&%s=", "a&%s"}) {
        String form = CLIENT_CREDENTIALS + "&" + name + "=" + values.formatted(name);
        Answer answer = batch(form);

        assertRefused(answer, 400, PARAMETER_REPEATED);
        assertThat(answer.json().getString("error_description")).endsWith(": " + name);
      }
    }

    @Test
    void the_verifier() {
      String two = "&code_verifier=" + VERIFIER + "&code_verifier=" + VERIFIER;

      assertRefused(batch(CLIENT_CREDENTIALS + two), 400, PARAMETER_REPEATED);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "grant_type=client_credentials&grant_type=client_credentials",
          "grant_type=client_credentials&grant_type=password",
          "grant_type=client_credentials&grant_type=",
          "grant_type=client_credentials&a=1&grant_type",
          "grant_type=client_credentials&%67rant_type=client_credentials"
        })
    void the_grant_type(String form) {
      assertRefused(batch(form), 400, PARAMETER_REPEATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1&a=1", "a=1&a=2&a=3", "resource=x&resource=y", "a&a=", "=1&=2"})
    @DisplayName("The authorization server MUST ignore unrecognized request parameters")
    void an_unknown_one_passes(String unknown) {
      assertIssued(batch(CLIENT_CREDENTIALS + "&" + unknown));
    }
  }

  @Nested
  @DisplayName(
      "Parameters sent without a value MUST be treated as if they were omitted from the request")
  final class Empty {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "scope=",
          "scope",
          "client_id=",
          "client_secret=",
          "client_secret",
          "client_assertion=",
          "client_assertion_type=",
          "code=",
          "code_verifier=",
          "redirect_uri",
          "unheard-of="
        })
    void a_known_one(String empty) {
      assertIssued(batch(CLIENT_CREDENTIALS + "&" + empty));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type=", "grant_type", "", "scope=orders.read"})
    void the_grant_type(String form) {
      assertRefused(batch(form), 400, GRANT_TYPE_MISSING);
    }

    @Test
    void what_the_grant_requires() {
      for (String code : new String[] {"", "&code=", "&code"}) {
        Answer answer = shop().token("grant_type=authorization_code" + code, AS_SHOP);

        assertRefused(answer, 400, PARAMETER_MISSING);
        assertThat(answer.json().getString("error_description")).endsWith(": code");
      }
      Answer answer = shop().token("grant_type=refresh_token&refresh_token=", AS_SHOP);
      assertRefused(answer, 400, PARAMETER_MISSING);
      assertThat(answer.json().getString("error_description")).endsWith(": refresh_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"username=alice", "password=wonderland", "username=&password="})
    void what_the_password_grant_requires(String form) {
      Answer answer = shop().token("grant_type=password&" + form, AS_PORTAL);

      assertRefused(answer, 400, PARAMETER_MISSING);
    }

    @Test
    void white_space_is_a_value() {
      assertRefused(batch("grant_type=+"), 400, GRANT_TYPE_UNSUPPORTED);
      assertRefused(batch(CLIENT_CREDENTIALS + "&scope=+"), 400, SCOPE_MALFORMED);
      assertRefused(batch(CLIENT_CREDENTIALS + "&client_secret=+"), 400, SEVERAL_MECHANISMS);
    }
  }

  @Nested
  @DisplayName("At most 4,000 characters each, assertions 16,000")
  final class Length {
    @ParameterizedTest
    @CsvSource({
      "grant_type, 4000",
      "scope, 4000",
      "client_id, 4000",
      "client_secret, 4000",
      "code, 4000",
      "redirect_uri, 4000",
      "refresh_token, 4000",
      "username, 4000",
      "password, 4000",
      "client_assertion_type, 4000",
      "client_assertion, 16000",
      "code_verifier, 4000"
    })
    void one_character_more_is_too_long(String name, int longest) {
      String start = name.equals("grant_type") ? "" : CLIENT_CREDENTIALS + "&";
      Answer most = batch(start + name + "=" + "x".repeat(longest));
      Answer more = batch(start + name + "=" + "x".repeat(longest + 1));

      assertThat(most.text()).doesNotContain("TOK1004");
      assertRefused(more, 400, PARAMETER_TOO_LONG);
      assertThat(more.json().getString("error_description")).endsWith(": " + name);
    }

    @Test
    void an_unknown_one_too_is_bounded_and_not_named() {
      assertIssued(batch(CLIENT_CREDENTIALS + "&mine=" + "x".repeat(4_000)));
      Answer answer = batch(CLIENT_CREDENTIALS + "&mine=" + "x".repeat(4_001));
      assertRefused(answer, 400, PARAMETER_TOO_LONG);
      assertThat(answer.text()).doesNotContain("mine");
    }

    @Test
    void characters_count_and_not_octets() {
      assertIssued(batch(CLIENT_CREDENTIALS + "&mine=" + "%C3%A9".repeat(4_000)));
      assertRefused(
          batch(CLIENT_CREDENTIALS + "&mine=" + "%C3%A9".repeat(4_001)), 400, PARAMETER_TOO_LONG);
    }
  }

  @Nested
  @Rfc({"RFC6749-2.3.1", "RFC6749-3.2"})
  @DisplayName(
      "The parameters can only be transmitted in the request-body and MUST NOT be included in the"
          + " request URI")
  final class Query {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "grant_type=client_credentials",
          "client_id=batch",
          "client_secret=query-secret-0123456789",
          "client_assertion=query-secret-0123456789",
          "client_assertion_type=x",
          "scope=orders.read",
          "code=query-secret-0123456789",
          "redirect_uri=https://shop.example/cb",
          "code_verifier=query-secret-0123456789",
          "refresh_token=query-secret-0123456789",
          "username=alice",
          "password=query-secret-0123456789",
          "grant_type",
          "scope=",
          "%67rant_type=x",
          "client%5Fsecret=query-secret-0123456789",
          "%63%6c%69%65%6e%74_secret=query-secret-0123456789",
          "a=1&b=2&client_secret=query-secret-0123456789",
          "&&scope=x",
          "scope=x&scope=y",
          "client_secret=%zz",
          "client_secret=%C0%80",
          "scope=%00"
        })
    void a_known_one_is_refused_by_its_name(String query) {
      running().ledger().keep("query-secret-0123456789");
      Answer answer = shop().post(shop().path() + "?" + query, CLIENT_CREDENTIALS, AS_BATCH);

      if (answer.headers("Content-Type").contains("application/json")) {
        assertRefused(answer, 400, PARAMETER_IN_QUERY);
        assertThat(answer.json().getString("error_description"))
            .matches(".*: (client_|grant_type|scope|code|redirect_uri|refresh_t|user|pass).*");
      }
      assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void the_query_is_not_put_in_the_place_of_the_body() {
      Answer answer = shop().post(shop().path() + "?" + CLIENT_CREDENTIALS, "", AS_BATCH);

      assertRefused(answer, 400, PARAMETER_IN_QUERY);
    }

    @Test
    void the_same_in_query_and_body_is_refused() {
      String query = "?scope=orders.read";
      Answer answer =
          shop().post(shop().path() + query, CLIENT_CREDENTIALS + "&scope=orders.read", AS_BATCH);

      assertRefused(answer, 400, PARAMETER_IN_QUERY);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "tenant=1",
          "a=1&a=2",
          "api-version=2&",
          "&",
          "=",
          "=x",
          "tenant=%C3%A9",
          "GRANT_TYPE=x",
          "x.grant_type=x",
          "scope2=a",
          "a=b?scope=c",
          "client-secret=x",
          "a=grant_type%3Dx"
        })
    void other_parameters_are_left_alone(String query) {
      assertIssued(shop().post(shop().path() + "?" + query, CLIENT_CREDENTIALS, AS_BATCH));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"tenant=%zz", "tenant=%", "%=1", "tenant=%C0%80", "%00=1", "tenant=%00"})
    void other_parameters_are_left_alone_however_broken(String query) {
      Answer answer = shop().post(shop().path() + "?" + query, CLIENT_CREDENTIALS, AS_BATCH);

      if (has(Quirk.BAD_ESCAPE_IN_QUERY) && !query.matches(".*%[0-9A-F]{2}.*")) {
        assertThat(answer.status() + answer.text()).isEqualTo("400");
      } else {
        assertIssued(answer);
      }
    }
  }
}
