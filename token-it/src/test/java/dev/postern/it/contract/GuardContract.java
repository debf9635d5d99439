package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CREDENTIALS_MISSING;
import static dev.postern.core.StandardReason.GRANT_TYPE_MISSING;
import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.MEDIA_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.METHOD_NOT_ALLOWED;
import static dev.postern.core.StandardReason.PARAMETER_IN_QUERY;
import static dev.postern.core.StandardReason.PARAMETER_MISSING;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.SCOPE_MALFORMED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.SEVERAL_MECHANISMS;
import static dev.postern.it.contract.Endpoint.basic;
import static dev.postern.it.contract.Endpoint.basicEncoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Quirk;
import dev.postern.it.Rfc;
import dev.postern.it.app.EarlierFilter;
import dev.postern.it.app.LegacyServlet;
import dev.postern.servlet.TokenGuard;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("TokenGuard in front of an endpoint that knows nothing of it")
@Rfc({"RFC6749-5.1", "RFC6749-5.2"})
@Slice
abstract class GuardContract extends Contract {
  private static final String OWN = "urn:example:own";

  GuardContract(Running running) {
    super(running);
  }

  private Endpoint guard() {
    return endpoint(
        "guard",
        () ->
            TestApp.with(
                    TestClients.all()
                        .confidential("custom", "kX7-custom-generated-secret-0020", "a", OWN))
                .filter(TokenGuard.class)
                .mapping("/legacy/token")
                .earlier(EarlierFilter.class, "/legacy/token")
                .servlet(LegacyServlet.class, "/legacy/token"));
  }

  private String read(String how, String form, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "X-Read: " + how;
    all[headers.length + 1] = AS_BATCH;
    Answer answer = guard().token(form, all);
    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
    return answer.text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          parameter | grant_type=client_credentials
          map       | {a=1,2, grant_type=client_credentials, scope=orders.read}
          names     | [grant_type, scope, a]
          reader    | grant_type=client_credentials&scope=orders.read&a=1&a=2
          stream    | grant_type=client_credentials&scope=orders.read&a=1&a=2
          """)
  void the_endpoint_reads_its_parameters_as_ever(String how, String seen) {
    String form = CLIENT_CREDENTIALS + "&scope=orders.read&a=1&a=2";

    assertThat(read(how, form)).isEqualTo(seen);
    assertThat(read(how, form, "X-Earlier: cache")).isEqualTo(seen);
    if (!how.equals("names")) {
      // The order is the container's by then.
      assertThat(read(how, form, "X-Earlier: parameter").split("&", -1))
          .containsExactlyInAnyOrder(seen.split("&", -1));
    }
  }

  @Test
  void text_beyond_ascii_is_what_the_guard_read() {
    String form = CLIENT_CREDENTIALS + "&a=%C3%A9+%E2%82%AC%26";

    assertThat(read("values", form, "X-Name: a")).isEqualTo("\u00E9 \u20AC&");
    assertThat(read("map", form)).contains("a=\u00E9 \u20AC&");
    assertThat(read("stream", form)).isEqualTo(form);
  }

  @Test
  void the_query_stays_where_it_was() {
    String broken = has(Quirk.BAD_ESCAPE_IN_QUERY) ? "" : "a=%zz&";
    Answer answer =
        guard()
            .post(
                guard().path() + "?tenant=1&" + broken + "tenant=2",
                CLIENT_CREDENTIALS,
                AS_BATCH,
                "X-Read: map");

    assertThat(answer.text()).contains("tenant=1,2", "grant_type=client_credentials");
  }

  @Test
  void the_length_is_that_of_what_can_be_read() {
    assertThat(read("length", "%67rant_type=client_credentials")).isEqualTo("29 29 29 29 29 null");
    Answer chunked =
        guard()
            .body(
                "1d\r\ngrant_type=client_credentials\r\n0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII),
                Endpoint.FORM,
                AS_BATCH,
                "X-Read: length",
                "Transfer-Encoding: chunked");
    assertThat(chunked.text()).isEqualTo("29 29 29 29 29 null");
  }

  @Test
  @DisplayName("the client is a principal of our own type, in no role, and no remote user")
  void the_client() {
    assertThat(read("principal", CLIENT_CREDENTIALS))
        .isEqualTo("batch confidential null null false false");
    Answer app =
        guard()
            .token("grant_type=refresh_token&refresh_token=x&client_id=app", "X-Read: principal");
    assertThat(app.text()).isEqualTo("app public null null false false");
  }

  @Test
  @DisplayName("Basic credentials are passed on in one canonical reading")
  void credentials() {
    for (String header :
        new String[] {
          basic(TestClients.PLUS, TestClients.PLUS_SECRET),
          basicEncoded(TestClients.PLUS, TestClients.PLUS_SECRET)
        }) {
      Answer answer = guard().token(CLIENT_CREDENTIALS, header, "X-Read: authorization");
      String canonical =
          basicEncoded(TestClients.PLUS, TestClients.PLUS_SECRET)
              .substring("Authorization: ".length());

      assertThat(answer.text()).isEqualTo(canonical + " [" + canonical + "]");
    }
  }

  @Test
  void who_authenticates_in_the_body_has_no_header() {
    String form =
        CLIENT_CREDENTIALS + "&client_id=poster&client_secret=" + TestClients.POSTER_SECRET;

    assertThat(guard().token(form, "X-Read: authorization").text()).isEqualTo("null []");
    assertThat(guard().token(form, "X-Read: stream").text()).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not",
        "set",
        "add",
        "dates",
        "numbers",
        "reset",
        "reset buffer",
        "error",
        "redirect",
        "flush",
        "exception"
      })
  @DisplayName("no-store on whatever comes back, even after reset()")
  void nothing_may_be_kept(String leak) {
    Answer answer = guard().token(CLIENT_CREDENTIALS, AS_BATCH, "X-Leak: " + leak);

    if (leak.equals("exception") && has(Quirk.PAGE_AFTER_EXCEPTION)) {
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.headers("Cache-Control")).isEmpty();
      return;
    }
    assertThat(String.join(",", answer.headers("Cache-Control")))
        .as(answer::toString)
        .contains("no-store")
        .doesNotContain("public", "max-age");
    assertThat(answer.headers("X-Gone")).isEmpty();
    if (!leak.equals("error") && !leak.equals("exception")) {
      assertThat(answer.headers("Expires")).isEmpty();
      assertThat(answer.headers("Pragma")).containsExactly("no-cache");
    }
  }

  @Test
  void what_is_wrong_does_not_reach_the_endpoint() {
    refused(CLIENT_CREDENTIALS, 401, CLIENT_REFUSED, SECRET_MISMATCH, basic("batch", "wrong"));
    refused("grant_type=x", 400, GRANT_TYPE_UNSUPPORTED, GRANT_TYPE_UNSUPPORTED, AS_BATCH);
    refused("", 400, GRANT_TYPE_MISSING, GRANT_TYPE_MISSING, AS_BATCH);
    refused("grant_type=authorization_code", 400, PARAMETER_MISSING, PARAMETER_MISSING, AS_SHOP);
    refused(
        "grant_type=refresh_token&refresh_token=x",
        400,
        GRANT_TYPE_NOT_REGISTERED,
        GRANT_TYPE_NOT_REGISTERED,
        AS_BATCH);
    refused(CLIENT_CREDENTIALS + "&scope=%22", 400, SCOPE_MALFORMED, SCOPE_MALFORMED, AS_BATCH);
    refused(
        CLIENT_CREDENTIALS + "&scope=a&scope=b",
        400,
        PARAMETER_REPEATED,
        PARAMETER_REPEATED,
        AS_BATCH);
    refused(
        CLIENT_CREDENTIALS + "&client_secret=x",
        400,
        SEVERAL_MECHANISMS,
        SEVERAL_MECHANISMS,
        AS_BATCH);
    refused(CLIENT_CREDENTIALS, 400, CREDENTIALS_MISSING, CREDENTIALS_MISSING, "X-None: 1");
    refused(
        CLIENT_CREDENTIALS,
        400,
        MEDIA_TYPE_UNSUPPORTED,
        MEDIA_TYPE_UNSUPPORTED,
        "Content-Type: text/plain");
    guard().assertRefused(guard().send("GET", guard().path(), AS_BATCH), 405, METHOD_NOT_ALLOWED);
    guard()
        .assertRefused(
            guard().post(guard().path() + "?code=x", CLIENT_CREDENTIALS, AS_BATCH),
            400,
            PARAMETER_IN_QUERY);
  }

  @Test
  void what_only_a_store_knows_is_left_to_the_endpoint() {
    Answer code = guard().token("grant_type=authorization_code&code=any-code-at-all", AS_SHOP);
    assertThat(code.text()).isEqualTo("grant_type=authorization_code");
    Answer scope = guard().token(CLIENT_CREDENTIALS + "&scope=admin", AS_BATCH);
    assertThat(scope.text()).isEqualTo("grant_type=client_credentials");
  }

  @Test
  void a_grant_type_that_only_the_registration_knows_passes() {
    String custom = basic("custom", "kX7-custom-generated-secret-0020");
    Answer answer = guard().token("grant_type=" + OWN + "&own=1&own=2", custom);

    assertThat(answer.text()).isEqualTo("grant_type=" + OWN);
    refused("grant_type=" + OWN, 400, GRANT_TYPE_UNSUPPORTED, GRANT_TYPE_UNSUPPORTED, AS_BATCH);
    refused("grant_type=" + OWN + "&scope=%22", 400, SCOPE_MALFORMED, SCOPE_MALFORMED, custom);
  }

  private void refused(
      String form, int status, StandardReason told, StandardReason cause, String header) {
    guard().assertRefused(guard().token(form, header), status, told, cause);
  }
}
