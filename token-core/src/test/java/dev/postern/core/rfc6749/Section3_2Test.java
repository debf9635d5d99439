package dev.postern.core.rfc6749;

import static dev.postern.core.StandardReason.GRANT_TYPE_MISSING;
import static dev.postern.core.StandardReason.PARAMETER_MALFORMED;
import static dev.postern.core.StandardReason.PARAMETER_MISSING;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.PARAMETER_TOO_LONG;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.scope;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.APP;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static dev.postern.core.testing.TestClients.KIOSK;
import static dev.postern.core.testing.TestClients.KIOSK_SECRET;
import static dev.postern.core.testing.TestClients.POSTER;
import static dev.postern.core.testing.TestClients.POSTER_SECRET;
import static dev.postern.core.testing.TestClients.SHOP;
import static dev.postern.core.testing.TestClients.SHOP_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.CodeRequest;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Form;
import dev.postern.core.Grant;
import dev.postern.core.Outcome;
import dev.postern.core.ParsedRequest;
import dev.postern.core.RequestParser;
import dev.postern.core.TokenRequest;
import dev.postern.core.client.ClientSecretBasic;
import dev.postern.core.client.ClientSecretPost;
import dev.postern.core.client.PublicClient;
import dev.postern.core.grant.AuthorizationCodeGrant;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.core.grant.PasswordGrant;
import dev.postern.core.grant.RefreshTokenGrant;
import dev.postern.core.memory.MemoryStore;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.SettableClock;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6749-3.2")
@DisplayName("RFC 6749 s3.2: token endpoint, its parameters")
class Section3_2Test {
  private final AuthorizationHeader batch = basic(BATCH, BATCH_SECRET);
  private final Endpoint endpoint = Endpoint.standard();
  private final RequestParser parser = parser();

  private static RequestParser parser() {
    SettableClock clock = new SettableClock();
    MemoryStore store = new MemoryStore(clock, 10);
    List<Grant> grants =
        List.of(
            new ClientCredentialsGrant(),
            new AuthorizationCodeGrant(store),
            new RefreshTokenGrant(store),
            new PasswordGrant(new FailureLimiter(30, clock, 1)));
    return new RequestParser(
        grants, List.of(new ClientSecretBasic(), new ClientSecretPost(), new PublicClient()));
  }

  private Outcome<ParsedRequest> parse(String... namesAndValues) {
    return parser.parse(TokenRequest.of(NO_HEADER, Form.of(namesAndValues)));
  }

  private void assertParsed(String... namesAndValues) {
    assertThat(parse(namesAndValues)).isInstanceOf(Outcome.Passed.class);
  }

  @Test
  void knows_what_its_grants_and_methods_read() {
    assertThat(parser.knownParameters())
        .containsExactlyInAnyOrder(
            "grant_type",
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
            "password");
    assertThat(parser.knows("code")).isTrue();
    assertThat(parser.knows("Code")).isFalse();
    assertThat(parser.knows("resource")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant_type",
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
        "password"
      })
  @DisplayName("Request and response parameters MUST NOT be included more than once.")
  void repeated_parameter(String name) {
    String value = "0123456789012345678901234567890123456789012";
    String description = "TOK1003: a parameter is repeated: " + name;

    assertRefused(
        parse(name, value, name, value), PARAMETER_REPEATED, "invalid_request", description);
    assertRefused(
        parse(name, value, "x", "y", name, value + "0"),
        PARAMETER_REPEATED,
        "invalid_request",
        description);
    assertRefused(parse(name, value, name, ""), PARAMETER_REPEATED, "invalid_request", description);
    assertRefused(parse(name, "", name, value), PARAMETER_REPEATED, "invalid_request", description);
    assertRefused(parse(name, "", name, ""), PARAMETER_REPEATED, "invalid_request", description);
  }

  @Test
  void repeated_parameter_is_refused_before_the_client_is_looked_at() {
    assertRefused(
        endpoint.handle(basic(BATCH, "guess"), Forms.clientCredentials("scope", "a", "scope", "b")),
        PARAMETER_REPEATED,
        "invalid_request",
        "TOK1003: a parameter is repeated: scope");
  }

  @Test
  void first_fault_is_told() {
    assertRefused(
        parse("scope", "a", "code", "a\nb", "scope", "b"),
        PARAMETER_MALFORMED,
        "invalid_request",
        "TOK1005: a parameter holds characters that it may not hold, or too few or too many: code");
    assertRefused(
        parse("scope", "a", "scope", "b", "code", "a\nb"),
        PARAMETER_REPEATED,
        "invalid_request",
        "TOK1003: a parameter is repeated: scope");
  }

  @Test
  void three_different_parameters_are_no_repeat() {
    assertParsed("grant_type", "refresh_token", "refresh_token", "x", "scope", "x");
  }

  @Test
  @DisplayName("The authorization server MUST ignore unrecognized request parameters.")
  void unknown_parameters() {
    assertIssued(
        endpoint.handle(
            batch,
            Forms.clientCredentials(
                "client_info", "1", "Scope", "none", "x", "y", "x", "z", "", "nameless")));
    assertParsed("x", "a\u0000b\r\n", "y", "z".repeat(4_000));
  }

  @Test
  @DisplayName("... but not at any length, and their names are not ours to repeat")
  void unknown_parameter_too_long() {
    assertRefused(
        endpoint.handle(batch, Forms.clientCredentials("y", "z".repeat(4_001))),
        PARAMETER_TOO_LONG,
        "invalid_request",
        "TOK1004: a parameter is too long");
  }

  @Test
  @DisplayName("... parameters of other grants are not read: scope beside a code")
  void parameters_of_other_grants_have_no_effect() {
    String code = endpoint.code(CodeRequest.of(KIOSK, "alice").scope("profile"));

    assertThat(
            scope(
                endpoint.handle(
                    basic(KIOSK, KIOSK_SECRET), Forms.code(code, "scope", "\" not a scope \""))))
        .isEqualTo("profile");
  }

  @Test
  @DisplayName(
      "Parameters sent without a value MUST be treated as if they were omitted from the request:"
          + " grant_type")
  void grant_type_without_value() {
    assertRefused(
        endpoint.handle(batch, Form.of("grant_type", "")),
        GRANT_TYPE_MISSING,
        "invalid_request",
        "TOK1034: grant_type is missing");
    assertRefused(
        endpoint.handle(batch, Form.of()),
        GRANT_TYPE_MISSING,
        "invalid_request",
        "TOK1034: grant_type is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "authorization_code, code",
    "refresh_token, refresh_token",
    "password, username",
  })
  @DisplayName("... the request is missing a required parameter")
  void required_parameter_missing_or_without_value(String grantType, String name) {
    String description = "TOK1002: a required parameter is missing: " + name;
    AuthorizationHeader shop = basic(SHOP, SHOP_SECRET);

    assertRefused(
        endpoint.handle(shop, Forms.grant(grantType)),
        PARAMETER_MISSING,
        "invalid_request",
        description);
    assertRefused(
        endpoint.handle(shop, Forms.grant(grantType, name, "")),
        PARAMETER_MISSING,
        "invalid_request",
        description);
  }

  @Test
  void password_missing() {
    assertRefused(
        endpoint.handle(basic(SHOP, SHOP_SECRET), Forms.grant("password", "username", "alice")),
        PARAMETER_MISSING,
        "invalid_request",
        "TOK1002: a required parameter is missing: password");
  }

  @Test
  @DisplayName("... as if they were omitted: scope, client_id, client_secret, assertions")
  void optional_parameters_without_value() {
    assertThat(
            scope(
                endpoint.handle(
                    batch,
                    Forms.clientCredentials(
                        "scope",
                        "",
                        "client_id",
                        "",
                        "client_secret",
                        "",
                        "client_assertion",
                        "",
                        "client_assertion_type",
                        ""))))
        .isEqualTo("orders.read orders.write");
    assertIssued(
        endpoint.handle(
            NO_HEADER,
            Forms.clientCredentials(
                "client_id", POSTER, "client_secret", POSTER_SECRET, "client_assertion", "")));
  }

  @Test
  @DisplayName("... as if they were omitted: redirect_uri, code_verifier")
  void optional_parameters_of_a_code_without_value() {
    String code = endpoint.code(CodeRequest.of(KIOSK, "alice"));

    assertIssued(
        endpoint.handle(
            basic(KIOSK, KIOSK_SECRET), Forms.code(code, "redirect_uri", "", "code_verifier", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "grant_type, 4000",
    "client_id, 4000",
    "client_secret, 4000",
    "client_assertion_type, 4000",
    "client_assertion, 16000",
    "scope, 4000",
    "code, 4000",
    "redirect_uri, 4000",
    "refresh_token, 4000",
    "username, 4000",
    "password, 4000"
  })
  void parameter_at_its_greatest_length_and_one_over(String name, int limit) {
    assertParsed(name, "a".repeat(limit));
    assertRefused(
        parse(name, "a".repeat(limit + 1)),
        PARAMETER_TOO_LONG,
        "invalid_request",
        "TOK1004: a parameter is too long: " + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant_type",
        "client_id",
        "client_secret",
        "client_assertion",
        "client_assertion_type",
        "code",
        "redirect_uri",
        "code_verifier",
        "refresh_token"
      })
  @Rfc({"RFC6749-A", "RFC6749-10.14"})
  @DisplayName("Appendix A: VSCHAR = %x20-7E; no control character in any parameter")
  void control_characters(String name) {
    String good = "0123456789012345678901234567890123456789012";
    String description =
        "TOK1005: a parameter holds characters that it may not hold, or too few or too many: "
            + name;

    assertParsed(name, good);
    for (char control : "\u0000\u0001\t\n\r\u001B\u001F\u007F\u0080\u0085\u009F".toCharArray()) {
      assertRefused(
          parse(name, good + control + good), PARAMETER_MALFORMED, "invalid_request", description);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"username", "password"})
  @Rfc({"RFC6749-A.15", "RFC6749-A.16"})
  @DisplayName("Appendix A: username = *UNICODECHARNOCRLF: %x09 / %x20-7E / %x80-D7FF / ...")
  void user_names_and_passwords(String name) {
    String description =
        "TOK1005: a parameter holds characters that it may not hold, or too few or too many: "
            + name;

    assertParsed(name, "a\tb");
    assertParsed(name, " ~\u0080\uD7FF\uE000\uFFFD\uD800\uDC00\uDBFF\uDFFF");
    assertParsed(name, "\u0085J\u00FCrgen \uD83D\uDE00 \u6F22 \uFFFD~");
    for (String bad :
        List.of(
            "\u0000", "\n", "\r", "\u0008", "\u001F", "\u007F", "\uD800", "\uDFFF", "\uFFFE",
            "\uFFFF")) {
      assertRefused(
          parse(name, "a" + bad + "b"), PARAMETER_MALFORMED, "invalid_request", description);
    }
  }

  @Test
  void other_scripts_pass_where_text_is_asked_for() {
    assertParsed("client_id", "J\u00FCrgen \u6F22", "client_secret", "p\u00E4ss w\u00F6rd\u00A0");
  }

  @Test
  void a_form_keeps_what_came() {
    Form form = Form.builder().add("a", "1").add("b", "").add("a", "2").add("b", "3").build();

    assertThat(form.size()).isEqualTo(4);
    assertThat(form.name(1)).isEqualTo("b");
    assertThat(form.value(2)).isEqualTo("2");
    assertThat(form.first("b")).contains("3");
    assertThat(form.first("c")).isEmpty();
    assertThat(form.all("a")).containsExactly("1", "2");
    assertThat(form.all("b")).containsExactly("", "3");
    assertThat(Form.builder().add("a", "b").size()).isEqualTo(1);
  }

  @Test
  void claimed_client_is_told_of_whatever_fails() {
    assertThat(
            assertRefused(
                    endpoint.handle(batch, Form.of("scope", "a", "scope", "b")),
                    PARAMETER_REPEATED,
                    "invalid_request",
                    "TOK1003: a parameter is repeated: scope")
                .clientId())
        .isEqualTo(BATCH);
    assertThat(
            assertRefused(
                    endpoint.handle(NO_HEADER, Form.of("client_id", APP)),
                    GRANT_TYPE_MISSING,
                    "invalid_request",
                    "TOK1034: grant_type is missing")
                .clientId())
        .isEqualTo(APP);
    assertThat(
            assertRefused(
                    endpoint.handle(NO_HEADER, Form.of("scope", "a", "scope", "b")),
                    PARAMETER_REPEATED,
                    "invalid_request",
                    "TOK1003: a parameter is repeated: scope")
                .clientId())
        .isEmpty();
  }
}
