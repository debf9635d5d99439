package dev.postern.core.rfc6749;

import static dev.postern.core.StandardReason.SCOPE_MALFORMED;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.scope;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postern.core.Client;
import dev.postern.core.Outcome;
import dev.postern.core.Scope;
import dev.postern.core.TokenResult;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6749-3.3")
@DisplayName("RFC 6749 s3.3: access token scope")
class Section3_3Test {
  private static final String MALFORMED =
      "TOK6001: the scope is not a list of words with one space between them: scope";
  private static final String EXCEEDS = "TOK6002: the scope exceeds what is allowed: scope";

  private final Endpoint endpoint = Endpoint.standard();

  private TokenResult ask(String scope) {
    return ask(endpoint, scope);
  }

  private static TokenResult ask(Endpoint at, String scope) {
    return at.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials("scope", scope));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        " orders.read",
        "orders.read ",
        "orders.read  orders.write",
        "orders.read\torders.write",
        "orders.read\n",
        "orders.read\u0000",
        "orders\"read",
        "orders\\read",
        "orders.read\u007F",
        "\u00FCbung",
        "orders.read\u00A0orders.write",
        "\uD83D\uDE00"
      })
  @DisplayName(
      "scope = scope-token *( SP scope-token ), scope-token = 1*( %x21 / %x23-5B / %x5D-7E )")
  void malformed(String scope) {
    assertRefused(ask(scope), SCOPE_MALFORMED, "invalid_scope", MALFORMED);
  }

  @Property
  boolean every_character_of_the_grammar_is_a_token_and_no_other(
      @ForAll @CharRange(from = '\u0000', to = '\u0100') char c) {
    boolean isToken = c == 0x21 || (c >= 0x23 && c <= 0x5B) || (c >= 0x5D && c <= 0x7E);
    return Scope.parse(String.valueOf(c)) instanceof Outcome.Passed == isToken;
  }

  @Property
  void agrees_with_a_regular_expression(
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 12) String text) {
    boolean isScope =
        text.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+( [\\x21\\x23-\\x5B\\x5D-\\x7E]+)*");

    assertThat(Scope.parse(text) instanceof Outcome.Passed).isEqualTo(isScope);
    if (isScope) {
      Set<String> tokens = new LinkedHashSet<>(Arrays.asList(text.split(" ", -1)));
      assertThat(Scope.of(text).toString()).isEqualTo(String.join(" ", tokens));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "orders.read, orders.read, true",
    "orders.write, orders.write, true",
    "orders.write orders.read, orders.read orders.write, false",
    "orders.read orders.write, orders.read orders.write, false",
    "orders.read orders.read, orders.read, false"
  })
  @DisplayName("strings ... their order does not matter; what is narrower is issued")
  void within_what_the_client_has(String asked, String issued, boolean isNarrower) {
    TokenResult.Issued answer = assertIssued(ask(asked));

    assertThat(answer.tokens().scope()).isEqualTo(Scope.of(issued));
    assertThat(answer.tokens().scope().equals(Scope.of("orders.read orders.write")))
        .isEqualTo(!isNarrower && !asked.equals("orders.read orders.read"));
    assertThat(answer.isScopeTold()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin",
        "orders.read admin",
        "orders",
        "orders.read,orders.write",
        "openid",
        "orders.read orders.write orders"
      })
  @DisplayName(
      "invalid_scope: The requested scope is invalid, unknown, malformed, or exceeds the scope")
  void more_than_the_client_has(String scope) {
    assertRefused(ask(scope), SCOPE_NOT_ALLOWED, "invalid_scope", EXCEEDS);
  }

  @Test
  void a_scope_of_4000_characters_is_read() {
    assertRefused(ask("a".repeat(4_000)), SCOPE_NOT_ALLOWED, "invalid_scope", EXCEEDS);
    assertRefused(ask("a ".repeat(1_999) + "a"), SCOPE_NOT_ALLOWED, "invalid_scope", EXCEEDS);
  }

  @Test
  @DisplayName(
      "If the client omits the scope parameter ... the authorization server MUST either process the"
          + " request using a pre-defined default value or fail the request")
  void omitted() {
    TokenResult.Issued answer =
        assertIssued(endpoint.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials()));

    assertThat(answer.tokens().scope()).hasToString("orders.read orders.write");
    assertThat(answer.isScopeTold()).isTrue();
  }

  @Test
  @DisplayName(
      "If the issued access token scope is different from the one requested by the client, the"
          + " authorization server MUST include the \"scope\" response parameter")
  void differing_scope_is_told() {
    Endpoint lenient =
        Endpoint.of(TestClients.batch().ignoredScope(Scope.of("openid profile")).build());

    assertThat(assertIssued(ask(lenient, "orders.read openid")).isScopeTold()).isTrue();
    assertThat(assertIssued(ask(lenient, "orders.read")).isScopeTold()).isFalse();
  }

  @Test
  void ignored_scopes_have_no_effect() {
    Endpoint lenient =
        Endpoint.of(
            TestClients.batch().ignoredScope(Scope.of("openid profile offline_access")).build());

    assertThat(scope(ask(lenient, "openid orders.read profile offline_access")))
        .isEqualTo("orders.read");
    assertThat(scope(ask(lenient, "openid profile offline_access")))
        .isEqualTo("orders.read orders.write");
    assertRefused(ask(lenient, "openid admin"), SCOPE_NOT_ALLOWED, "invalid_scope", EXCEEDS);
    assertRefused(ask(lenient, "OpenID"), SCOPE_NOT_ALLOWED, "invalid_scope", EXCEEDS);
  }

  @Test
  void what_is_allowed_is_not_ignored() {
    Endpoint both =
        Endpoint.of(TestClients.batch().ignoredScope(Scope.of("orders.read openid")).build());

    assertThat(scope(ask(both, "orders.read openid"))).isEqualTo("orders.read");
    assertThat(scope(ask(both, "orders.read"))).isEqualTo("orders.read");
  }

  @Test
  void client_without_scope() {
    Endpoint bare =
        Endpoint.of(
            Client.withId(BATCH)
                .secret(TestClients.secret(BATCH_SECRET))
                .grantTypes("client_credentials")
                .build());
    TokenResult.Issued answer =
        assertIssued(bare.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials()));

    assertThat(answer.tokens().scope().isEmpty()).isTrue();
    assertThat(answer.isScopeTold()).isFalse();
    assertRefused(ask(bare, "any"), SCOPE_NOT_ALLOWED, "invalid_scope", EXCEEDS);
  }

  @Test
  void as_a_set() {
    Scope abc = Scope.of("a b c");

    assertThat(abc).isEqualTo(Scope.of("c b a")).hasSameHashCodeAs(Scope.of("c a b"));
    assertThat(abc).isNotEqualTo(Scope.of("a b")).isNotEqualTo("a b c");
    assertThat(abc.contains("b")).isTrue();
    assertThat(abc.contains("d")).isFalse();
    assertThat(abc.containsAll(Scope.of("a c"))).isTrue();
    assertThat(abc.containsAll(Scope.of("a d"))).isFalse();
    assertThat(abc.containsAll(Scope.EMPTY)).isTrue();
    assertThat(abc.within(Scope.of("d c b"))).hasToString("b c");
    assertThat(abc.within(Scope.of("d c b a"))).isSameAs(abc);
    assertThat(abc.within(Scope.of("d"))).isSameAs(Scope.EMPTY);
    assertThat(abc.without(Scope.of("b d"))).hasToString("a c");
    assertThat(abc.without(Scope.EMPTY)).isSameAs(abc);
    assertThat(abc.without(Scope.of("c b a")).isEmpty()).isTrue();
    assertThat(Scope.of("")).isSameAs(Scope.EMPTY);
    assertThat(abc.isEmpty()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> Scope.of("a  b"));
  }
}
