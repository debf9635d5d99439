package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_ID_MISMATCH;
import static dev.postern.core.StandardReason.GRANT_TYPE_MISSING;
import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.NUL_CHARACTER;
import static dev.postern.core.StandardReason.PARAMETER_MALFORMED;
import static dev.postern.core.StandardReason.PERCENT_ENCODING_INVALID;
import static dev.postern.core.StandardReason.SCOPE_MALFORMED;
import static dev.postern.core.StandardReason.UTF8_INVALID;

import dev.postern.core.StandardReason;
import dev.postern.it.Rfc;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The payload is encoded using the \"application/x-www-form-urlencoded\" algorithm")
@Rfc("RFC6749-B")
@Slice
abstract class DecodingContract extends Contract {
  /** All that is known, and one that is not. */
  private static final List<String> FIELDS =
      List.of(
          "client_id",
          "client_secret",
          "client_assertion",
          "client_assertion_type",
          "scope",
          "code",
          "redirect_uri",
          "code_verifier",
          "refresh_token",
          "username",
          "password",
          "unheard-of");

  /** One byte per character. */
  private static final Map<String, StandardReason> ODDITIES =
      Map.ofEntries(
          Map.entry("a%", PERCENT_ENCODING_INVALID),
          Map.entry("a%4", PERCENT_ENCODING_INVALID),
          Map.entry("a%z", PERCENT_ENCODING_INVALID),
          Map.entry("a%zz", PERCENT_ENCODING_INVALID),
          Map.entry("a%4z", PERCENT_ENCODING_INVALID),
          Map.entry("a%-1", PERCENT_ENCODING_INVALID),
          Map.entry("a%u0041", PERCENT_ENCODING_INVALID),
          Map.entry("a%%41", PERCENT_ENCODING_INVALID),
          Map.entry("a% 41", PERCENT_ENCODING_INVALID),
          Map.entry("a%C0%80", UTF8_INVALID),
          Map.entry("a%C1%A1", UTF8_INVALID),
          Map.entry("a%E0%80%AF", UTF8_INVALID),
          Map.entry("a%ED%A0%80", UTF8_INVALID),
          Map.entry("a%ED%A0%BD%ED%B8%80", UTF8_INVALID),
          Map.entry("a%F4%90%80%80", UTF8_INVALID),
          Map.entry("a%E2%82", UTF8_INVALID),
          Map.entry("a%82", UTF8_INVALID),
          Map.entry("a%FF%FE", UTF8_INVALID),
          Map.entry("a\u00E9", UTF8_INVALID),
          Map.entry("a\u00C3%C3", UTF8_INVALID),
          Map.entry("a%00", NUL_CHARACTER),
          Map.entry("%00", NUL_CHARACTER),
          Map.entry("a\0b", NUL_CHARACTER));

  DecodingContract(Running running) {
    super(running);
  }

  static Stream<Arguments> oddities() {
    return ODDITIES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(oddity -> Arguments.of(oddity.getKey(), oddity.getValue()));
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void what_cannot_be_decoded_is_refused_in_every_field(String value, StandardReason reason) {
    for (String field : FIELDS) {
      assertRefused(post(CLIENT_CREDENTIALS + "&" + field + "=" + value), 400, reason);
    }
    assertRefused(post("grant_type=" + value), 400, reason);
    assertRefused(post(CLIENT_CREDENTIALS + "&" + value + "=1"), 400, reason);
    assertRefused(post(CLIENT_CREDENTIALS + "&" + value), 400, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%0D%0A", "%0A", "\r\n", "%1B[31m", "%07", "%7F", "%C2%85", "%C2%9B", "%09", "\t", "%1F"
      })
  void control_characters_fail_the_grammar_of_the_parameter_they_stand_in(String control) {
    for (String field : FIELDS) {
      String form = CLIENT_CREDENTIALS + "&" + field + "=a" + control + "b";
      switch (field) {
        case "unheard-of" -> assertIssued(post(form));
        case "scope" -> assertRefused(post(form), 400, SCOPE_MALFORMED);
        case "username", "password" -> {
          // UNICODECHARNOCRLF: C1 controls and tabs are in it.
          if (control.contains("%C2") || control.equals("%09") || control.equals("\t")) {
            assertIssued(post(form));
          } else {
            assertRefused(post(form), 400, PARAMETER_MALFORMED);
          }
        }
        default -> assertRefused(post(form), 400, PARAMETER_MALFORMED);
      }
    }
    assertRefused(post("grant_type=a" + control + "b"), 400, PARAMETER_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%E2%80%AE",
        "%E2%80%8B",
        "%EF%BB%BF",
        "%EF%BF%BD",
        "%F0%9F%98%80",
        "%C3%A9",
        "%E2%80%A8",
        "%EF%BF%BF"
      })
  void text_beyond_ascii_is_text(String text) {
    assertRefused(post("grant_type=" + text), 400, GRANT_TYPE_UNSUPPORTED);
    assertRefused(post(CLIENT_CREDENTIALS + "&scope=" + text), 400, SCOPE_MALFORMED);
    assertIssued(post(CLIENT_CREDENTIALS + "&unheard-of=" + text + "&" + text + "=1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant_type=client_credentials",
        "%67rant_type=client_credentials",
        "grant%5Ftype=client%5fcredentials",
        "%67%72%61%6E%74%5F%74%79%70%65=client_credentials",
        "grant_type=%63lient_credentials"
      })
  void names_and_values_may_be_encoded(String form) {
    assertIssued(post(form));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GRANT_TYPE=client_credentials",
        "+grant_type=client_credentials",
        "grant_type%20=client_credentials",
        "grant_type",
        "grant_type=",
        "grant_type%3Dclient_credentials",
        "%EF%BB%BFgrant_type=client_credentials",
        "grant-type=client_credentials",
        "granttype=client_credentials&grant_typ=x",
        "a=1;grant_type=client_credentials"
      })
  void another_name_is_another_parameter(String form) {
    assertRefused(post(form), 400, GRANT_TYPE_MISSING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          orders.read+orders.write     | orders.read orders.write
          orders.read%20orders.write   | orders.read orders.write
          orders%2Eread                | orders.read
          orders.write%20%6frders.read | orders.write orders.read
          """)
  void a_plus_and_an_escape_are_the_same_space(String scope, String granted) {
    dev.postern.it.Answer answer = post(CLIENT_CREDENTIALS + "&scope=" + scope);

    org.assertj.core.api.Assertions.assertThat(assertIssued(answer).getString("scope", granted))
        .isEqualTo(granted);
  }

  @Test
  void an_escaped_plus_is_a_plus() {
    String plus = Endpoint.basicEncoded(TestClients.PLUS, TestClients.PLUS_SECRET);

    assertIssued(shop().token(CLIENT_CREDENTIALS + "&client_id=plus%2Bid", plus));
    assertRefused(
        shop().token(CLIENT_CREDENTIALS + "&client_id=plus+id", plus), 400, CLIENT_ID_MISMATCH);
  }

  @Test
  void an_equals_sign_in_a_value_belongs_to_it() {
    assertRefused(post("grant_type=a=b"), 400, GRANT_TYPE_UNSUPPORTED);
    assertRefused(post("grant_type==client_credentials"), 400, GRANT_TYPE_UNSUPPORTED);
  }

  private dev.postern.it.Answer post(String form) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(form.getBytes(StandardCharsets.ISO_8859_1));
    return shop().body(body.toByteArray(), Endpoint.FORM, AS_BATCH);
  }
}
