package dev.postern.it.contract;

import static dev.postern.core.StandardReason.BODY_CONSUMED;
import static dev.postern.core.StandardReason.BODY_INCOMPLETE;
import static dev.postern.core.StandardReason.BODY_TOO_LARGE;
import static dev.postern.core.StandardReason.CONTENT_ENCODING_UNSUPPORTED;
import static dev.postern.core.StandardReason.CREDENTIALS_MISSING;
import static dev.postern.core.StandardReason.GRANT_TYPE_MISSING;
import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.TOO_MANY_PARAMETERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.AnyServer;
import dev.postern.it.Quirk;
import dev.postern.it.RawConnection;
import dev.postern.it.Rfc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The body is read whole, within limits, however it is framed")
@Rfc({"RFC9112-6", "RFC9112-8", "RFC9110-15.5.14"})
@Slice
abstract class BodyContract extends Contract {
  private static final int MAX_OCTETS = 65_536;

  BodyContract(Running running) {
    super(running);
  }

  @Test
  void a_body_of_exactly_the_limit_passes() {
    assertIssued(batch(filled(MAX_OCTETS)));
  }

  @Test
  void one_octet_more_is_too_large() {
    assertRefused(batch(filled(MAX_OCTETS + 1)), 413, BODY_TOO_LARGE);
  }

  @Test
  void a_chunked_body_of_exactly_the_limit_passes() {
    assertIssued(chunked(chunk(filled(MAX_OCTETS)) + "0\r\n\r\n"));
  }

  @Test
  void one_octet_more_in_chunks_is_too_large() {
    Answer answer = chunked(chunk(filled(MAX_OCTETS)) + chunk("x") + "0\r\n\r\n");

    assertRefused(answer, 413, BODY_TOO_LARGE);
  }

  @Test
  void a_chunked_body_that_never_ends_is_cut_off() {
    Answer answer =
        exchange("Transfer-Encoding: chunked", chunk("x".repeat(1_000)).repeat(70), true);

    assertRefused(answer, 413, BODY_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(longs = {MAX_OCTETS + 1, 1L << 31, 1L << 40, Long.MAX_VALUE})
  void a_length_that_is_too_large_is_refused_before_the_body_comes(long length) {
    Answer answer = exchange("Content-Length: " + length, CLIENT_CREDENTIALS, true);

    boolean isBeyond = length == Long.MAX_VALUE || answer.text().isEmpty();
    if (has(Quirk.LENGTH_BEYOND_ITS_LIMIT) && isBeyond) {
      assertThat(answer.status()).isIn(400, 413);
      assertThat(answer.text()).isEmpty();
    } else {
      assertRefused(answer, 413, BODY_TOO_LARGE);
    }
  }

  @Test
  @AnyServer("the limit is a setting of ours")
  void a_limit_can_be_set() {
    Endpoint small =
        endpoint("small", () -> TestApp.with(TestClients.all()).parameter("maxBodyBytes", "1024"));

    assertIssued(small.token(filled(1_024), AS_BATCH));
    small.assertRefused(small.token(filled(1_025), AS_BATCH), 413, BODY_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1D\r\ngrant_type=client_credentials\r\n0\r\n\r\n",
        "1d;a=b;c=\"d\"\r\ngrant_type=client_credentials\r\n0;last\r\n\r\n",
        "000001d\r\ngrant_type=client_credentials\r\n0\r\n\r\n",
        "1d\r\ngrant_type=client_credentials\r\n0\r\nX-Trailer: 1\r\n\r\n",
        "1d\r\ngrant_type=client_credentials\r\n0\r\nContent-Type: text/plain\r\n\r\n",
        "1\r\ng\r\n1\r\nr\r\n1b\r\nant_type=client_credentials\r\n0\r\n\r\n"
      })
  void chunks_are_put_together(String body) {
    Answer answer = chunked(body);

    if (has(Quirk.CHUNK_EXTENSIONS) && body.contains(";a=b")) {
      assertThat(answer.status() + answer.text()).isEqualTo("400");
    } else {
      assertIssued(answer);
    }
  }

  @Test
  void a_body_in_single_octets_is_put_together() {
    try (RawConnection connection = shop().http().open()) {
      connection.send(head("Content-Length: " + CLIENT_CREDENTIALS.length()));
      CLIENT_CREDENTIALS.chars().forEach(c -> connection.send(String.valueOf((char) c)));

      assertIssued(shop().received(connection.read()));
    }
  }

  @Test
  void a_client_that_waits_to_be_asked_for_its_body_is_asked() {
    try (RawConnection connection = shop().http().open()) {
      connection.send(
          head("Expect: 100-continue\r\nContent-Length: " + CLIENT_CREDENTIALS.length()));
      connection.send(CLIENT_CREDENTIALS);

      assertIssued(shop().received(connection.read()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\ngrant_type=client_credentials\r\n0\r\n\r\n",
        "-1\r\ngrant_type=client_credentials\r\n0\r\n\r\n",
        "1d\r\ngrant_type=client_credentialsXX0\r\n\r\n",
        "fffffffffffffffff\r\ngrant_type=client_credentials\r\n0\r\n\r\n"
      })
  void broken_chunks_are_refused_by_the_container_or_by_us(String body) {
    if (has(Quirk.BROKEN_CHUNKS)) {
      assertEnds("Transfer-Encoding: chunked", body);
      return;
    }
    Answer answer = chunked(body);

    assertThat(answer.status()).as(answer::toString).isEqualTo(400);
    if (answer.headers("Content-Type").contains("application/json")) {
      assertRefused(answer, 400, BODY_INCOMPLETE);
    }
  }

  /** Headers that say in two ways, or in none that is known, how long the body is. */
  private enum Framed {
    TWICE("Content-Length: 29\r\nContent-Length: 30", BODY_INCOMPLETE),
    A_LIST("Content-Length: 29, 30", BODY_INCOMPLETE),
    NEGATIVE("Content-Length: -1", BODY_INCOMPLETE),
    A_FRACTION("Content-Length: 2.9e1", BODY_INCOMPLETE),
    BEYOND_64_BITS("Content-Length: 99999999999999999999", BODY_TOO_LARGE),
    ANOTHER_CODING("Transfer-Encoding: gzip", CONTENT_ENCODING_UNSUPPORTED),
    CHUNKED_AND_ANOTHER("Transfer-Encoding: chunked, identity", CONTENT_ENCODING_UNSUPPORTED);

    private final String headers;
    private final StandardReason cause;

    Framed(String headers, StandardReason cause) {
      this.headers = headers;
      this.cause = cause;
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_body_that_is_framed_in_two_ways_is_refused(Framed body) {
    if (has(Quirk.LOOSE_LENGTH) && body == Framed.TWICE) {
      assertIssued(exchange(body.headers, CLIENT_CREDENTIALS, false));
    } else if (has(Quirk.LOOSE_LENGTH) && body == Framed.BEYOND_64_BITS) {
      assertEnds(body.headers, CLIENT_CREDENTIALS);
    } else {
      Answer answer = exchange(body.headers, CLIENT_CREDENTIALS, false);

      assertThat(answer.status()).as(answer::toString).isIn(400, 413, 501);
      // Where the server left it to us.
      if (answer.headers("Content-Type").contains("application/json")) {
        boolean isHidden = has(Quirk.LOOSE_LENGTH) && body.cause == BODY_INCOMPLETE;
        StandardReason cause = isHidden ? GRANT_TYPE_MISSING : body.cause;
        assertRefused(answer, cause == BODY_TOO_LARGE ? 413 : 400, cause);
      }
    }
  }

  @Test
  void a_length_beside_chunks_does_not_count_or_is_refused() {
    Answer answer =
        exchange(
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            chunk(CLIENT_CREDENTIALS) + "0\r\n\r\n",
            false);

    assertThat(answer.status()).isIn(200, 400);
    assertThat(answer.header("Connection").orElse("")).isEqualToIgnoringCase("close");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "grant_type=", "grant_type=client_credential"})
  void an_early_end_is_a_refusal(String sent) {
    String framing = "Content-Length: " + CLIENT_CREDENTIALS.length();
    if (has(Quirk.CUT_OFF_BODY)) {
      assertEnds(framing, sent);
    } else {
      assertIncomplete(exchange(framing, sent, true));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1d\r\ngrant_type=client_credentials\r\n",
        "1d\r\ngrant_type=client_cre",
        "1d",
        ""
      })
  void an_early_end_within_chunks_is_a_refusal(String sent) {
    if (has(Quirk.BROKEN_CHUNKS)) {
      assertEnds("Transfer-Encoding: chunked", sent);
    } else {
      assertIncomplete(exchange("Transfer-Encoding: chunked", sent, true));
    }
  }

  /** That the server closes the connection, and if it answers at all, then with a refusal. */
  private void assertEnds(String framing, String body) {
    try (RawConnection connection = shop().http().open()) {
      connection.send(head(framing) + body).halfClose();

      assertThat(connection.readIfAny().map(Answer::status))
          .isIn(Optional.empty(), Optional.of(400), Optional.of(413));
    }
  }

  private void assertIncomplete(Answer answer) {
    assertThat(answer.text()).doesNotContain("access_token");
    if (answer.headers("Content-Type").contains("application/json")) {
      assertRefused(answer, 400, BODY_INCOMPLETE);
    }
    assertThat(answer.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 0", "X-No-Length: 1", "Transfer-Encoding: chunked"})
  void an_empty_body_is_an_empty_form(String framing) {
    String body = framing.startsWith("Transfer") ? "0\r\n\r\n" : "";

    boolean isTakenForConsumed = has(Quirk.EMPTY_CHUNKS) && !body.isEmpty();
    assertRefused(
        exchange(framing, body, false),
        400,
        isTakenForConsumed ? BODY_CONSUMED : GRANT_TYPE_MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "&&&&", "=", "=&=", "a", "a=", "=a"})
  void a_form_with_nothing_in_it_has_no_credentials(String form) {
    assertRefused(shop().token(form), 400, CREDENTIALS_MISSING);
  }

  @Test
  void sixty_four_parameters_pass() {
    assertIssued(batch(CLIENT_CREDENTIALS + parameters(63)));
  }

  @Test
  void one_parameter_more_is_refused() {
    assertRefused(batch(CLIENT_CREDENTIALS + parameters(64)), 400, TOO_MANY_PARAMETERS);
  }

  @Test
  void separators_with_nothing_between_are_no_parameters() {
    assertIssued(batch("&".repeat(10_000) + CLIENT_CREDENTIALS + "&".repeat(10_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a&", "a=b&", "=&", "Aa=1&BB=1&", "scope=x&"})
  void tens_of_thousands_of_parameters_are_counted_and_no_more(String repeated) {
    String form = repeated.repeat(MAX_OCTETS / repeated.length());

    assertRefused(batch(form), 400, TOO_MANY_PARAMETERS);
  }

  @Test
  @AnyServer("the limit is a setting of ours, and so is the form parser")
  void a_hundred_thousand_parameters_are_counted_and_no_more() {
    Endpoint large =
        endpoint(
            "large", () -> TestApp.with(TestClients.all()).parameter("maxBodyBytes", "1000000"));

    large.assertRefused(large.token("a=b&".repeat(100_000), AS_BATCH), 400, TOO_MANY_PARAMETERS);
  }

  @Test
  void names_with_the_same_hash_do_no_harm() {
    StringBuilder form = new StringBuilder(CLIENT_CREDENTIALS);
    for (int i = 0; i < 63; i++) {
      String name = Integer.toBinaryString(64 + i).replace("0", "Aa").replace("1", "BB");
      form.append('&').append(name).append("=1");
    }

    assertIssued(batch(form.toString()));
  }

  @Test
  void a_body_longer_than_its_length_is_cut_there() {
    byte[] request =
        (head("Content-Length: 16\r\nConnection: keep-alive") + "grant_type=clientXXXX")
            .getBytes(StandardCharsets.US_ASCII);
    try (RawConnection connection = shop().http().open()) {
      Answer answer = shop().received(connection.send(request).read());

      assertRefused(answer, 400, GRANT_TYPE_UNSUPPORTED);
    }
  }

  @Test
  void what_follows_a_token_request_is_a_request_of_its_own() {
    byte[] form = CLIENT_CREDENTIALS.getBytes(StandardCharsets.US_ASCII);
    List<String> headers = List.of(Endpoint.FORM, AS_BATCH, "Connection: keep-alive");
    byte[] first = shop().http().request("POST", shop().path(), headers, form);
    byte[] second = shop().http().request("POST", shop().path(), headers, form);
    try (RawConnection connection = shop().http().open()) {
      connection.send(first).send(second);

      String one = access(assertIssued(shop().received(connection.read())));
      String other = access(assertIssued(shop().received(connection.read())));
      assertThat(one).isNotEqualTo(other);
    }
  }

  /** A good form of exactly so many octets. */
  private static String filled(int octets) {
    StringBuilder form = new StringBuilder(CLIENT_CREDENTIALS);
    while (form.length() < octets) {
      int rest = octets - form.length();
      int length = rest <= 4_003 ? rest : Math.min(4_003, rest - 10);
      form.append("&p=").append("x".repeat(length - 3));
    }
    return form.toString();
  }

  private static String parameters(int count) {
    StringBuilder form = new StringBuilder();
    IntStream.range(0, count).forEach(i -> form.append("&p").append(i).append('=').append(i));
    return form.toString();
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private Answer chunked(String body) {
    return exchange("Transfer-Encoding: chunked", body, false);
  }

  private Answer exchange(String framing, String body, boolean ends) {
    try (RawConnection connection = shop().http().open()) {
      connection.send(head(framing) + body);
      if (ends) {
        connection.halfClose();
      }
      return shop().received(connection.read());
    }
  }

  private String head(String framing) {
    String connection = framing.contains("Connection") ? "" : "Connection: close\r\n";
    return "POST "
        + shop().path()
        + " HTTP/1.1\r\nHost: x\r\n"
        + Endpoint.FORM
        + "\r\n"
        + AS_BATCH
        + "\r\n"
        + connection
        + framing
        + "\r\n\r\n";
  }
}
