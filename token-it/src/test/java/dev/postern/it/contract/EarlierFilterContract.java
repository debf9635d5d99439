package dev.postern.it.contract;

import static dev.postern.core.StandardReason.BODY_CONSUMED;
import static dev.postern.core.StandardReason.CREDENTIALS_MISSING;
import static dev.postern.core.StandardReason.GRANT_TYPE_MISSING;
import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.PARAMETER_IN_QUERY;
import static dev.postern.core.StandardReason.PARAMETER_MALFORMED;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.PARAMETER_TOO_LONG;
import static dev.postern.core.StandardReason.SCOPE_MALFORMED;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.core.StandardReason.TOO_MANY_PARAMETERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import dev.postern.it.app.EarlierFilter;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A filter that reads the body first changes no verdict")
@Rfc("RFC6749-3.2")
abstract class EarlierFilterContract extends Contract {
  /** é in UTF-8: half of the containers take it for ISO 8859-1 when the charset is not said. */
  private static final String ACCENTED = "caf%C3%A9-client";

  private static final String ACCENTED_SECRET = "kX7-accented-generated-secret";

  EarlierFilterContract(Running running) {
    super(running);
  }

  private Endpoint consumed() {
    return endpoint(
        "consumed",
        () ->
            TestApp.with(
                    TestClients.all()
                        .with(
                            "caf\u00E9-client",
                            "client_secret_post",
                            "client_credentials",
                            client -> client.add("secrets", TestClients.secrets(ACCENTED_SECRET))))
                .parameter("passwordGrant", "true")
                .earlier(EarlierFilter.class, "/oauth/*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "parameter", "parameter in UTF-8", "map", "encoding", "cache"})
  void the_same_verdicts(String how) {
    assertIssued(post(how, "", CLIENT_CREDENTIALS));
    assertIssued(post(how, "", CLIENT_CREDENTIALS + "&unheard=1&unheard=2"));
    assertThat(
            assertIssued(post(how, "", CLIENT_CREDENTIALS + "&scope=orders.write+orders.read"))
                .containsKey("scope"))
        .isFalse();
    Map<String, StandardReason> verdicts =
        Map.of(
            "grant_type=x",
            GRANT_TYPE_UNSUPPORTED,
            "a=b",
            GRANT_TYPE_MISSING,
            CLIENT_CREDENTIALS + "&scope=a&scope=b",
            PARAMETER_REPEATED,
            CLIENT_CREDENTIALS + "&scope=&scope=",
            PARAMETER_REPEATED,
            CLIENT_CREDENTIALS + "&scope=%22",
            SCOPE_MALFORMED,
            CLIENT_CREDENTIALS + "&scope=other",
            SCOPE_NOT_ALLOWED,
            CLIENT_CREDENTIALS + "&code=%0D%0A",
            PARAMETER_MALFORMED,
            CLIENT_CREDENTIALS + "&code=" + "x".repeat(4_001),
            PARAMETER_TOO_LONG,
            CLIENT_CREDENTIALS + "&p=1".repeat(64),
            TOO_MANY_PARAMETERS);
    verdicts.forEach((form, reason) -> consumed().assertRefused(post(how, "", form), 400, reason));
    consumed()
        .assertRefused(
            consumed().token(CLIENT_CREDENTIALS, "X-Earlier: " + how), 400, CREDENTIALS_MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "parameter", "parameter in UTF-8", "map", "cache"})
  void chunks_too(String how) {
    String body = "1d\r\ngrant_type=client_credentials\r\n0\r\n\r\n";
    Answer answer =
        consumed()
            .body(
                body.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                Endpoint.FORM,
                AS_BATCH,
                "Transfer-Encoding: chunked",
                "X-Earlier: " + how);

    assertIssued(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "parameter",
        "parameter in UTF-8",
        "parameter in ISO 8859-1",
        "map",
        "cache"
      })
  void an_accent_without_a_charset(String how) {
    String form =
        CLIENT_CREDENTIALS + "&client_id=" + ACCENTED + "&client_secret=" + ACCENTED_SECRET;

    assertIssued(consumed().token(form, "X-Earlier: " + how));
    assertIssued(consumed().token(form, "X-Earlier: " + how, Endpoint.FORM + "; charset=UTF-8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "parameter", "parameter in UTF-8", "map", "stream", "cache"})
  void the_query_is_never_merged(String how) {
    for (String query : new String[] {"scope=orders.read", "grant_type=x", "%73cope=", "code"}) {
      consumed().assertRefused(post(how, "?" + query, CLIENT_CREDENTIALS), 400, PARAMETER_IN_QUERY);
    }
    consumed().assertRefused(post(how, "?" + CLIENT_CREDENTIALS, ""), 400, PARAMETER_IN_QUERY);
    if (!how.equals("stream")) {
      assertIssued(post(how, "?tenant=1&tenant=2", CLIENT_CREDENTIALS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "reader to its end"})
  void a_body_that_is_gone_is_said_to_be(String how) {
    consumed().assertRefused(post(how, "", CLIENT_CREDENTIALS), 400, BODY_CONSUMED);
    consumed().assertRefused(post(how, "?a=1", CLIENT_CREDENTIALS), 400, BODY_CONSUMED);
  }

  @Test
  void a_reader_that_was_taken_and_not_used_does_no_harm_where_the_container_lets_it() {
    Answer answer = post("reader", "", CLIENT_CREDENTIALS);

    if (answer.status() == 200) {
      assertIssued(answer);
    } else {
      consumed().assertRefused(answer, 400, BODY_CONSUMED);
    }
  }

  @Test
  void chunks_that_are_gone_are_said_to_be() {
    Answer answer =
        consumed()
            .body(
                "1d\r\ngrant_type=client_credentials\r\n0\r\n\r\n"
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                Endpoint.FORM,
                AS_BATCH,
                "Transfer-Encoding: chunked",
                "X-Earlier: stream");

    consumed().assertRefused(answer, 400, BODY_CONSUMED);
  }

  @Test
  void a_body_that_is_cut_is_not_whole() {
    Answer answer = post("one octet", "", CLIENT_CREDENTIALS);

    consumed().assertRefused(answer, 400, StandardReason.BODY_INCOMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "parameter", "map", "stream", "cache"})
  void an_empty_body_is_an_empty_form_all_the_same(String how) {
    consumed().assertRefused(post(how, "", ""), 400, GRANT_TYPE_MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%zz", "scope=%C0%80", "scope=%00", "scope=%FF"})
  void a_bad_body_gets_no_token_more_than_without_it(String bad) {
    for (String how : new String[] {"parameter", "parameter in UTF-8", "map"}) {
      Answer answer = post(how, "", "grant_type=client_credentials&" + bad);

      // What the container drops silently cannot be seen: then it is as if it had not been sent.
      assertThat(answer.status()).isIn(200, 400);
      if (answer.status() == 400) {
        assertThat(answer.json().getString("error")).isIn("invalid_request", "invalid_scope");
      }
    }
  }

  @Test
  void that_containers_drop_things_silently_is_warned_of_once() {
    long before = warnings();
    Endpoint another =
        endpoint(
            "consumed once more",
            () -> TestApp.with(TestClients.all()).earlier(EarlierFilter.class, "/oauth/*"));
    assertIssued(another.token(CLIENT_CREDENTIALS, AS_BATCH));
    assertThat(warnings()).isEqualTo(before);
    for (int i = 0; i < 3; i++) {
      assertIssued(another.token(CLIENT_CREDENTIALS, AS_BATCH, "X-Earlier: parameter"));
    }

    assertThat(warnings()).isEqualTo(before + 1);
  }

  private long warnings() {
    return running().log().lines().stream()
        .filter(line -> line.contains("A filter before this one consumes the bodies"))
        .count();
  }

  private Answer post(String how, String query, String form) {
    Endpoint consumed = consumed();
    return consumed.post(consumed.path() + query, form, AS_BATCH, "X-Earlier: " + how);
  }
}
