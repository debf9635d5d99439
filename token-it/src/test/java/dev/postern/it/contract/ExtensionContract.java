package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CLIENT_UNKNOWN;
import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.INTERNAL_ERROR;
import static dev.postern.core.StandardReason.METHOD_MISMATCH;
import static dev.postern.core.StandardReason.PARAMETER_IN_QUERY;
import static dev.postern.core.StandardReason.PARAMETER_MISSING;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.SEVERAL_MECHANISMS;
import static dev.postern.core.StandardReason.STORE_FULL;
import static dev.postern.core.StandardReason.STORE_UNAVAILABLE;
import static dev.postern.it.contract.TestClients.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import dev.postern.it.app.BadgeMethod;
import dev.postern.it.app.BuggyGrant;
import dev.postern.it.app.ControlServlet;
import dev.postern.it.app.ExtensionsListener;
import dev.postern.it.app.FlakyStore;
import dev.postern.it.app.Recorder;
import dev.postern.it.app.TinyStore;
import dev.postern.it.app.VoucherGrant;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Extensions: by class name, as a context attribute, by ServiceLoader")
@Rfc({"RFC6749-4.5", "RFC6749-2.3.2"})
abstract class ExtensionContract extends Contract {
  private static final String VOUCHER = "grant_type=urn:example:voucher&voucher=";
  private static final String BADGE = "Authorization: Badge badger/pin-of-badger";
  private static final String CHALLENGE_OF_BADGE = "Badge realm=\"token\"";

  ExtensionContract(Running running) {
    super(running);
  }

  private Endpoint extended() {
    return endpoint(
        "extended",
        () ->
            TestApp.with(
                    TestClients.all()
                        .with(
                            "badger",
                            "badge",
                            "urn:example:voucher urn:example:buggy",
                            client -> client.add("scope", "a b")))
                .stateless()
                .parameter(
                    "extensions", BadgeMethod.class.getName() + ", " + BuggyGrant.class.getName())
                .file(
                    "WEB-INF/classes/META-INF/services/dev.postern.core.Grant",
                    VoucherGrant.class.getName() + "\n")
                .xml(
                    "<listener><listener-class>"
                        + ExtensionsListener.class.getName()
                        + "</listener-class></listener>")
                .classes(
                    ExtensionsListener.class,
                    BadgeMethod.class,
                    BuggyGrant.class,
                    VoucherGrant.class,
                    FlakyStore.class,
                    Recorder.class)
                .xml(BearerContract.filter("bearer", "/bearer"))
                .servlet(ControlServlet.class, "/control"));
  }

  @AfterEach
  void repair() {
    control("fail=");
  }

  private String control(String form) {
    return extended().post("/shop/control", form).text();
  }

  @Test
  @DisplayName(
      "The client uses an extension grant type by specifying the grant type using an absolute URI")
  void a_grant_with_parameters_and_members_of_its_own() {
    Answer answer =
        extended().token(VOUCHER + "gold-voucher-1&resource=x&resource=y&scope=a", BADGE);
    JsonObject tokens = assertIssued(answer);

    assertThat(tokens.getString("level")).isEqualTo("gold");
    assertThat(tokens.getString("resources")).isEqualTo("2");
    assertThat(tokens).doesNotContainKeys("refresh_token", "scope");
    assertThat(extended().find(access(tokens))).startsWith("badger|the bearer|a|");
  }

  @Test
  void a_reason_of_its_own() {
    Answer answer = extended().token(VOUCHER + "silver-voucher-1", BADGE);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getString("error")).isEqualTo("invalid_grant");
    assertThat(answer.json().getString("error_description"))
        .isEqualTo("TOK20001: the voucher is worth nothing");
    assertThat(extended().logLine(answer)).contains("number=TOK20001 cause=VOUCHER_WORTHLESS");
  }

  @Test
  void its_parameters_are_held_to_what_it_declared() {
    refused(VOUCHER, 400, PARAMETER_MISSING, BADGE);
    refused(VOUCHER + "a&voucher=b", 400, PARAMETER_REPEATED, BADGE);
    Answer query =
        extended().post(extended().path() + "?voucher=gold-1", VOUCHER + "gold-1", BADGE);
    extended().assertRefused(query, 400, PARAMETER_IN_QUERY);
    refused(VOUCHER + "gold-1", 400, GRANT_TYPE_NOT_REGISTERED, AS_BATCH);
    refused("grant_type=urn:example:voucher2", 400, GRANT_TYPE_UNSUPPORTED, BADGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Badge badger/pin-of-badger",
        "badge badger/pin-of-badger",
        "BADGE  badger/pin-of-badger"
      })
  void a_client_authentication_method_of_its_own(String value) {
    assertIssued(extended().token(VOUCHER + "gold-1", "Authorization: " + value));
  }

  @ParameterizedTest
  @CsvSource({
    "Badge badger/wrong-pin-0123, SECRET_MISMATCH", "badge badger, SECRET_MISMATCH",
    "BADGE nobody/pin-of-nobody, CLIENT_UNKNOWN", "Badge batch/pin-of-batch, METHOD_MISMATCH"
  })
  @DisplayName("matching the authentication scheme used by the client")
  void is_challenged_with_its_own_scheme(String value, StandardReason cause) {
    assertThat(cause).isIn(SECRET_MISMATCH, CLIENT_UNKNOWN, METHOD_MISMATCH);
    Answer answer = extended().token(VOUCHER + "gold-1", "Authorization: " + value);

    Refusals.check(
        answer,
        401,
        CLIENT_REFUSED,
        cause,
        CHALLENGE_OF_BADGE,
        "/shop/oauth/errors/",
        running().log());
  }

  @Test
  void counts_as_one_mechanism() {
    refused(VOUCHER + "gold-1&client_secret=x", 400, SEVERAL_MECHANISMS, BADGE);
  }

  @ParameterizedTest
  @CsvSource({"'', IllegalStateException", "&missing=class, NoClassDefFoundError"})
  void a_bug_is_an_answer_too(String parameter, String bug) {
    Answer answer = extended().token("grant_type=urn:example:buggy" + parameter, BADGE);

    extended().assertRefused(answer, 500, INTERNAL_ERROR);
    assertThat(extended().logLine(answer)).contains("java.lang." + bug);
    assertThat(running().log().lines())
        .contains("a bug, trace_id=" + answer.json().getString("trace_id"));
    assertThat(answer.text()).doesNotContain("bug", "IllegalState", "NoClass");
  }

  @Test
  void a_listener_is_told_of_what_was_issued_and_refused() {
    assertIssued(extended().token(VOUCHER + "gold-1", BADGE, "client-request-id: listen-1"));
    Answer refusal = extended().token("grant_type=x", BADGE, "client-request-id: listen-2");

    String trace = refusal.json().getString("trace_id");
    assertThat(control("fail=").lines())
        .anyMatch(
            line ->
                line.matches(
                    "issued\\|[0-9a-f-]{36}\\|listen-1\\|badger\\|the bearer\\|urn:example:voucher"
                        + "\\|a b\\|127.0.0.1\\|false"))
        .contains("refused|" + trace + "|listen-2|badger|GRANT_TYPE_UNSUPPORTED||127.0.0.1");
  }

  @Test
  void a_listener_that_fails_harms_nobody() {
    String poster = "&client_id=poster&client_secret=" + TestClients.POSTER_SECRET;

    assertIssued(extended().token(CLIENT_CREDENTIALS + poster));
    extended()
        .assertRefused(extended().token("grant_type=x" + poster), 400, GRANT_TYPE_UNSUPPORTED);
  }

  @Test
  void a_repeated_answer_is_told_as_such() {
    JsonObject tokens = tokens();
    refresh(tokens, 200);
    refresh(tokens, 200);

    assertThat(control("fail=").lines())
        .filteredOn(line -> line.contains("|shop|alice|refresh_token|"))
        .anyMatch(line -> line.endsWith("|true"))
        .anyMatch(line -> line.endsWith("|false"));
  }

  @ParameterizedTest
  @CsvSource({"false, 503, STORE_UNAVAILABLE", "true, 500, INTERNAL_ERROR"})
  @DisplayName("any doubt about the store: no token")
  void a_store_that_fails(boolean unexpectedly, int status, StandardReason reason) {
    assertThat(reason).isIn(STORE_UNAVAILABLE, INTERNAL_ERROR);
    String how = unexpectedly ? "&unexpectedly=" : "";
    String code = extended().code(SHOP, "");
    String form = "grant_type=authorization_code&code=" + code;
    control("fail=commit" + how);
    extended().assertRefused(extended().token(CLIENT_CREDENTIALS, AS_BATCH), status, reason);
    extended().assertRefused(extended().token(form, AS_SHOP), status, reason);
    control("fail=findCode" + how);
    extended().assertRefused(extended().token(form, AS_SHOP), status, reason);

    control("fail=");
    JsonObject tokens = assertIssued(extended().token(form, AS_SHOP));
    String refresh = "grant_type=refresh_token&refresh_token=" + refresh(tokens);
    control("fail=findRefreshToken" + how);
    extended().assertRefused(extended().token(refresh, AS_SHOP), status, reason);
    control("fail=commit" + how);
    extended().assertRefused(extended().token(refresh, AS_SHOP), status, reason);
    control("fail=revoke" + how);
    extended().assertRefused(extended().token(form, AS_SHOP), status, reason);
    control("fail=saveCode" + how);
    assertThat(extended().http().postForm("/shop/host", "do=code&subject=a&client=shop").status())
        .isEqualTo(status);

    control("fail=");
    assertIssued(extended().token(refresh, AS_SHOP));
  }

  @ParameterizedTest
  @CsvSource({"false, 503, STORE_UNAVAILABLE", "true, 500, INTERNAL_ERROR"})
  @Rfc({"RFC7009-2.2", "RFC7662-2.2"})
  @DisplayName("any doubt about the store: nothing is said to be active, inactive or revoked")
  void a_store_that_fails_beside_the_token_endpoint(
      boolean unexpectedly, int status, StandardReason reason) {
    String how = unexpectedly ? "&unexpectedly=" : "";
    JsonObject tokens = tokens();
    String token = "token=" + access(tokens);
    control("fail=findAccessToken" + how);
    extended().assertRefused(extended().post(INTROSPECT, token, AS_API), status, reason);
    extended().assertRefused(extended().post(REVOKE, token, AS_SHOP), status, reason);
    Answer resource =
        extended().send("GET", "/shop/bearer", "Authorization: Bearer " + access(tokens));
    assertThat(resource.status()).isEqualTo(status);
    assertThat(resource.headers("Retry-After")).hasSize(status == 503 ? 1 : 0);
    assertThat(resource.headers("WWW-Authenticate")).isEmpty();
    assertThat(extended().logLine(resource)).contains(" cause=" + reason.name() + " ");
    control("fail=findRefreshToken" + how);
    String refresh = "token=" + refresh(tokens);
    extended().assertRefused(extended().post(INTROSPECT, refresh, AS_API), status, reason);
    control("fail=revoke" + how);
    extended().assertRefused(extended().post(REVOKE, token, AS_SHOP), status, reason);

    control("fail=");
    assertThat(extended().isAlive(access(tokens))).isTrue();
  }

  @Test
  @DisplayName("full: 503, and nothing live is evicted")
  void a_full_store() {
    Endpoint full =
        endpoint(
            "full",
            () ->
                TestApp.with(TestClients.all())
                    .stateless()
                    .parameter("extensions", TinyStore.class.getName())
                    .classes(TinyStore.class, FlakyStore.class));
    String[] tokens = new String[3];
    for (int i = 0; i < 3; i++) {
      tokens[i] = access(assertIssued(full.token(CLIENT_CREDENTIALS, AS_BATCH)));
    }

    for (int i = 0; i < 3; i++) {
      full.assertRefused(full.token(CLIENT_CREDENTIALS, AS_BATCH), 503, STORE_FULL);
      assertThat(full.isAlive(tokens[i])).isTrue();
    }
  }

  private JsonObject tokens() {
    String code = extended().code(SHOP, "");
    return assertIssued(extended().token("grant_type=authorization_code&code=" + code, AS_SHOP));
  }

  private void refresh(JsonObject tokens, int status) {
    Answer answer =
        extended().token("grant_type=refresh_token&refresh_token=" + refresh(tokens), AS_SHOP);
    assertThat(answer.status()).isEqualTo(status);
  }

  private void refused(String form, int status, StandardReason reason, String header) {
    extended().assertRefused(extended().token(form, header), status, reason);
  }
}
