package dev.postern.it.contract;

import static dev.postern.core.StandardReason.AUTHORIZATION_MALFORMED;
import static dev.postern.core.StandardReason.AUTHORIZATION_SCHEME_UNSUPPORTED;
import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CLIENT_UNKNOWN;
import static dev.postern.core.StandardReason.GRANT_TYPE_MISSING;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.it.contract.Endpoint.authorization;
import static dev.postern.it.contract.Endpoint.basic;
import static dev.postern.it.contract.Endpoint.basicEncoded;
import static dev.postern.it.contract.Endpoint.encode;
import static dev.postern.it.contract.TestClients.ACCENT;
import static dev.postern.it.contract.TestClients.ACCENT_SECRET;
import static dev.postern.it.contract.TestClients.BATCH;
import static dev.postern.it.contract.TestClients.BATCH_SECRET;
import static dev.postern.it.contract.TestClients.COLON;
import static dev.postern.it.contract.TestClients.COLON_SECRET;
import static dev.postern.it.contract.TestClients.LONG;
import static dev.postern.it.contract.TestClients.LONG_SECRET;
import static dev.postern.it.contract.TestClients.PERCENT;
import static dev.postern.it.contract.TestClients.PERCENT_SECRET;
import static dev.postern.it.contract.TestClients.PLUS;
import static dev.postern.it.contract.TestClients.PLUS_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.AnyServer;
import dev.postern.it.Quirk;
import dev.postern.it.Rfc;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName(
    "Clients in possession of a client password MAY use the HTTP Basic authentication scheme")
@Rfc({"RFC6749-2.3.1", "RFC7617-2"})
@Slice
abstract class BasicContract extends Contract {
  private static final String BATCH_64 = AS_BATCH.substring("Authorization: Basic ".length());

  BasicContract(Running running) {
    super(running);
  }

  static Stream<Arguments> clients() {
    return Stream.of(
        Arguments.of(BATCH, BATCH_SECRET),
        Arguments.of(COLON, COLON_SECRET),
        Arguments.of(PLUS, PLUS_SECRET),
        Arguments.of(PERCENT, PERCENT_SECRET),
        Arguments.of(ACCENT, ACCENT_SECRET),
        Arguments.of(LONG, LONG_SECRET));
  }

  @ParameterizedTest
  @MethodSource("clients")
  @DisplayName(
      "The client identifier is encoded using the \"application/x-www-form-urlencoded\" encoding"
          + " algorithm")
  void form_encoded(String id, String secret) {
    assertIssued(shop().token(CLIENT_CREDENTIALS, basicEncoded(id, secret)));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void percent_encoded_without_plus_signs_and_in_lower_case(String id, String secret) {
    String userPass = percent(id) + ":" + percent(secret);

    assertIssued(shop().token(CLIENT_CREDENTIALS, authorization(userPass)));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void with_the_id_alone_encoded(String id, String secret) {
    assertIssued(shop().token(CLIENT_CREDENTIALS, authorization(encode(id) + ":" + secret)));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void as_it_is_as_half_of_the_real_clients_send_it(String id, String secret) {
    Answer answer = shop().token(CLIENT_CREDENTIALS, basic(id, secret));

    if (id.contains(":")) {
      assertRefused(answer, 401, CLIENT_REFUSED, CLIENT_UNKNOWN);
    } else {
      assertIssued(answer);
    }
  }

  @Test
  void with_only_the_colon_of_the_id_encoded() {
    String userPass = COLON.replace(":", "%3A") + ":" + COLON_SECRET;

    assertIssued(shop().token(CLIENT_CREDENTIALS, authorization(userPass)));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void a_secret_that_is_encoded_twice_is_another(String id, String secret) {
    Answer answer =
        shop().token(CLIENT_CREDENTIALS, basicEncoded(id, encode(encode(secret)) + "%"));

    assertRefused(answer, 401, CLIENT_REFUSED, SECRET_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic %s", "basic %s", "BASIC %s", "bAsIc %s", "Basic   %s", "Basic %s  "})
  void the_scheme_in_any_case_and_spaces_after_it(String value) {
    assertIssued(shop().token(CLIENT_CREDENTIALS, "Authorization: " + value.formatted(BATCH_64)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic !!!!",
        "Basic YmF0Y2g6eA",
        "Basic YmF0Y2g6eA=",
        "Basic YmF0Y2g6eA===",
        "Basic YmF0Y2g6eB==",
        "Basic YmF0 Y2g6eA==",
        "Basic YmF0\tY2g6eA==",
        "Basic YmF0Y2g6_-8=",
        "Basic YmF0Y2g6eA==, Basic YmF0Y2g6eA==",
        "Basic user=\"batch\"",
        "Basic:YmF0Y2g6eA==",
        "YmF0Y2g6eA==",
        "Bearer",
        "Basic YmF0Y2g="
      })
  void what_cannot_be_read_is_refused(String value) {
    Answer answer = shop().token(CLIENT_CREDENTIALS, "Authorization: " + value);

    assertRefused(answer, 401, AUTHORIZATION_MALFORMED);
  }

  @Test
  void a_tab_is_no_space() {
    Answer answer = shop().token(CLIENT_CREDENTIALS, "Authorization: Basic\tYmF0Y2g6eA==");

    if (has(Quirk.TAB_IN_HEADER)) {
      assertRefused(answer, 401, CLIENT_REFUSED, SECRET_MISMATCH);
    } else {
      assertRefused(answer, 401, AUTHORIZATION_MALFORMED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch:x\0y",
        "batch\0:x",
        "ba\ntch:x",
        "batch:x\r\n",
        "batch:\u001B[1m",
        "batch:x\u007F",
        "batch:\t"
      })
  @DisplayName("The user-id and password MUST NOT contain any control characters")
  void control_characters(String userPass) {
    Answer answer = shop().token(CLIENT_CREDENTIALS, authorization(userPass));

    assertRefused(answer, 401, AUTHORIZATION_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caf\u00E9:x",
        "batch:\u00FF\u00FE",
        "batch:\u00C0\u0080",
        "batch:\u00ED\u00A0\u0080",
        "\u00C3:x"
      })
  void what_is_not_utf_8_is_refused(String octets) {
    String encoded =
        Base64.getEncoder().encodeToString(octets.getBytes(StandardCharsets.ISO_8859_1));
    Answer answer = shop().token(CLIENT_CREDENTIALS, "Authorization: Basic " + encoded);

    assertRefused(answer, 401, AUTHORIZATION_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch%:x",
        "batch:%zz",
        "batch:%",
        "batch:%00",
        "batch:%0A",
        "batch:%C0%80",
        "batch:%FF"
      })
  void a_bad_escape_is_no_escape_but_text(String userPass) {
    Answer answer = shop().token(CLIENT_CREDENTIALS, authorization(userPass));

    StandardReason cause = userPass.startsWith("batch%") ? CLIENT_UNKNOWN : SECRET_MISMATCH;
    assertRefused(answer, 401, CLIENT_REFUSED, cause);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        ":x",
        "nobody:x",
        "BATCH:x",
        "batch :x",
        " batch:x",
        "batch%20:x",
        "batch%3Ax:y",
        "%:%"
      })
  void an_id_that_is_not_registered_is_unknown(String userPass) {
    Answer answer = shop().token(CLIENT_CREDENTIALS, authorization(userPass));

    assertRefused(answer, 401, CLIENT_REFUSED, CLIENT_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer x",
        "Digest username=batch",
        "Negotiate YII=",
        "DPoP x",
        "Basics x",
        "!! x"
      })
  void another_scheme_is_not_supported_and_not_echoed(String value) {
    Answer answer = shop().token(CLIENT_CREDENTIALS, "Authorization: " + value);

    assertRefused(answer, 401, AUTHORIZATION_SCHEME_UNSUPPORTED);
  }

  @Test
  void a_scheme_beyond_ascii_is_not_supported_and_not_echoed() {
    Answer answer = shop().token(CLIENT_CREDENTIALS, "Authorization: B\u00E1sic x");

    if (has(Quirk.LATIN_1_IN_HEADER)) {
      assertThat(answer.status() + answer.text()).isEqualTo("400");
    } else {
      assertRefused(answer, 401, AUTHORIZATION_SCHEME_UNSUPPORTED);
    }
  }

  @Test
  void a_long_header_is_read_within_what_the_container_lets_through() {
    Answer answer = shop().token(CLIENT_CREDENTIALS, basic(BATCH, "s".repeat(5_000)));

    assertRefused(answer, 401, CLIENT_REFUSED, SECRET_MISMATCH);
  }

  @Test
  void a_header_of_ten_kilobytes_is_refused_by_the_container_or_by_us() {
    Answer answer = shop().token(CLIENT_CREDENTIALS, basic(BATCH, "s".repeat(10_000)));

    assertThat(answer.status()).isIn(400, 401, 431);
    assertThat(answer.toString()).doesNotContain("access_token");
  }

  @Test
  void the_name_of_the_header_is_not_sensitive_to_case() {
    assertIssued(
        shop().token(CLIENT_CREDENTIALS, AS_BATCH.replace("Authorization", "AUTHORIZATION")));
    assertRefused(
        shop().token("", AS_BATCH.replace("Authorization", "authorization")),
        400,
        GRANT_TYPE_MISSING);
  }

  @Test
  @AnyServer("the realm is a setting of ours")
  @Rfc("RFC6749-5.2")
  @DisplayName("include the \"WWW-Authenticate\" response header field, with the realm configured")
  void the_realm_can_be_set() {
    Endpoint other =
        endpoint(
            "realm",
            () ->
                TestApp.with(TestClients.all())
                    .parameter("realm", "Shop & co".replace("&", "&amp;")));
    Answer answer = other.token(CLIENT_CREDENTIALS, "Authorization: Basic x");

    other.assertRefused(
        answer, 401, AUTHORIZATION_MALFORMED, "Basic realm=\"Shop & co\", charset=\"UTF-8\"");
  }

  private static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format("%%%02x", octet));
    }
    return encoded.toString();
  }
}
