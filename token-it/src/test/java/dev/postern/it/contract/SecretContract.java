package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_DISABLED;
import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CLIENT_UNKNOWN;
import static dev.postern.core.StandardReason.CREDENTIALS_REQUIRED;
import static dev.postern.core.StandardReason.HASH_PRESENTED;
import static dev.postern.core.StandardReason.METHOD_MISMATCH;
import static dev.postern.core.StandardReason.NUL_CHARACTER;
import static dev.postern.core.StandardReason.SECRET_EXPIRED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.SECRET_WITH_WHITE_SPACE;
import static dev.postern.it.contract.Endpoint.basic;
import static dev.postern.it.contract.Endpoint.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Client authentication failed: one answer, whatever was wrong; the operator sees what")
@Rfc("RFC6749-5.2")
abstract class SecretContract extends Contract {
  SecretContract(Running running) {
    super(running);
  }

  static Stream<Arguments> failures() {
    String hash = Sha256Secrets.hash(Secret.of(TestClients.BATCH_SECRET));
    String batch = TestClients.BATCH;
    String right = TestClients.BATCH_SECRET;
    String longSecret = TestClients.LONG_SECRET;
    return Stream.of(
        Arguments.of("nobody", "a-secret-of-nobody", CLIENT_UNKNOWN),
        Arguments.of(batch, "wrong-secret-0123456789", SECRET_MISMATCH),
        Arguments.of(batch, right + "x", SECRET_MISMATCH),
        Arguments.of(batch, right + " ", SECRET_WITH_WHITE_SPACE),
        Arguments.of(batch, " " + right, SECRET_WITH_WHITE_SPACE),
        Arguments.of(batch, right.substring(1), SECRET_MISMATCH),
        Arguments.of(batch, right.substring(0, right.length() - 1), SECRET_MISMATCH),
        Arguments.of(batch, right.toUpperCase(java.util.Locale.ROOT), SECRET_MISMATCH),
        Arguments.of(batch, TestClients.OTHER_SECRET, SECRET_MISMATCH),
        Arguments.of(batch, "batch", SECRET_MISMATCH),
        Arguments.of(batch, " ", SECRET_MISMATCH),
        Arguments.of(batch, "\uD83D\uDE00", SECRET_MISMATCH),
        Arguments.of(batch, "x".repeat(3_000), SECRET_MISMATCH),
        Arguments.of(batch, hash, HASH_PRESENTED),
        Arguments.of("long", longSecret.substring(0, 72), SECRET_MISMATCH),
        Arguments.of("long", longSecret.substring(0, 72) + "-and-more", SECRET_MISMATCH),
        Arguments.of("rotating", TestClients.ROTATING_EXPIRED, SECRET_EXPIRED),
        Arguments.of("rotating", "wrong-secret-0123456789", SECRET_MISMATCH),
        Arguments.of("disabled", TestClients.DISABLED_SECRET, CLIENT_DISABLED),
        Arguments.of("disabled", "wrong-secret-0123456789", SECRET_MISMATCH),
        Arguments.of("app", "a-secret-of-nobody", METHOD_MISMATCH));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void by_basic(String id, String secret, StandardReason cause) {
    Answer answer = shop().token(CLIENT_CREDENTIALS, basic(id, secret));

    assertRefused(answer, 401, CLIENT_REFUSED, cause);
    assertThat(shop().logLine(answer)).contains(" client=\"" + id + "\"");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void by_the_body(String id, String secret, StandardReason cause) {
    Answer answer = post(id, encode(secret));

    // All those but poster are registered for Basic, which shows only when the secret is right.
    StandardReason told = cause == CLIENT_DISABLED ? METHOD_MISMATCH : cause;
    assertRefused(answer, 400, CLIENT_REFUSED, told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "new"})
  void two_secrets_may_be_active(String which) {
    String secret = which.equals("old") ? TestClients.ROTATING_OLD : TestClients.ROTATING_NEW;

    assertIssued(shop().token(CLIENT_CREDENTIALS, basic("rotating", secret)));
  }

  @Test
  void the_body_serves_those_who_are_registered_for_it() {
    assertIssued(post(TestClients.POSTER, TestClients.POSTER_SECRET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wrong-secret-0123456789",
        "kX7-poster-generated-secret-000",
        "+",
        "%24sha256%24x"
      })
  void a_wrong_secret_in_the_body(String secret) {
    assertRefused(post(TestClients.POSTER, secret), 400, CLIENT_REFUSED, SECRET_MISMATCH);
  }

  @Test
  void a_secret_with_a_nul_is_no_other_secret() {
    Answer answer = post(TestClients.POSTER, TestClients.POSTER_SECRET + "%00");

    assertRefused(answer, 400, NUL_CHARACTER);
  }

  @Test
  void only_the_registered_method_counts_though_the_secret_is_right() {
    assertRefused(
        post(TestClients.BATCH, TestClients.BATCH_SECRET), 400, CLIENT_REFUSED, METHOD_MISMATCH);
    Answer answer =
        shop().token(CLIENT_CREDENTIALS, basic(TestClients.POSTER, TestClients.POSTER_SECRET));
    assertRefused(answer, 401, CLIENT_REFUSED, METHOD_MISMATCH);
    assertThat(shop().logLine(answer))
        .contains("used client_secret_basic, registered client_secret_post");
  }

  @Test
  void whether_the_method_is_another_shows_only_when_the_secret_is_right() {
    assertRefused(post(TestClients.BATCH, "wrong-secret"), 400, CLIENT_REFUSED, SECRET_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "poster", "disabled", "rotating", "shop"})
  void the_id_alone_does_not_authenticate_a_confidential_client(String id) {
    for (String secret : new String[] {"", "&client_secret=", "&client_secret"}) {
      Answer answer = shop().token(CLIENT_CREDENTIALS + "&client_id=" + id + secret);

      assertRefused(answer, 400, CLIENT_REFUSED, CREDENTIALS_REQUIRED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "APP", "app%20", "%20app", "app%2F", "x", "%F0%9F%98%80"})
  void an_id_alone_that_is_not_registered(String id) {
    Answer answer = shop().token("grant_type=refresh_token&refresh_token=x&client_id=" + id);

    assertRefused(answer, 400, CLIENT_REFUSED, CLIENT_UNKNOWN);
  }

  @Test
  void a_public_client_has_no_secret_to_be_right() {
    for (String secret : new String[] {"x", "app", "none", "a-secret-of-nobody"}) {
      assertRefused(post(TestClients.APP, secret), 400, CLIENT_REFUSED, METHOD_MISMATCH);
    }
    assertRefused(
        shop().token(CLIENT_CREDENTIALS, basic(TestClients.APP, "")),
        401,
        CLIENT_REFUSED,
        METHOD_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "shop", "poster"})
  void an_empty_secret_in_basic_is_a_wrong_one(String id) {
    Answer answer = shop().token(CLIENT_CREDENTIALS, basic(id, ""));

    assertRefused(answer, 401, CLIENT_REFUSED, SECRET_MISMATCH);
  }

  @Test
  void all_failures_look_alike() {
    List<String> byHeader =
        failures()
            .map(failure -> basic((String) failure.get()[0], (String) failure.get()[1]))
            .map(header -> alike(shop().token(CLIENT_CREDENTIALS, header)))
            .toList();
    List<String> byBody =
        failures()
            .map(failure -> post((String) failure.get()[0], encode((String) failure.get()[1])))
            .map(SecretContract::alike)
            .toList();

    assertThat(byHeader).containsOnly(byHeader.get(0));
    assertThat(byBody).containsOnly(byBody.get(0));
    assertThat(alike(shop().token(CLIENT_CREDENTIALS + "&client_id=batch")))
        .isEqualTo(byBody.get(0));
    assertThat(alike(shop().token(CLIENT_CREDENTIALS + "&client_id=nobody")))
        .isEqualTo(byBody.get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "grant_type=x", "grant_type=authorization_code", "scope=%22"})
  void who_has_not_authenticated_learns_nothing_else(String form) {
    Answer answer = shop().token(form, basic("batch", "wrong-secret"));

    assertRefused(answer, 401, CLIENT_REFUSED, SECRET_MISMATCH);
  }

  /** The answer without what is new in each: the date, the ids, the length it has by them. */
  private static String alike(Answer answer) {
    return answer
        .toString()
        .replaceAll("Date: [^\n]*", "")
        .replaceAll("\"(timestamp|trace_id|correlation_id)\":\"[^\"]*\"", "");
  }

  private Answer post(String id, String encodedSecret) {
    return shop()
        .token(CLIENT_CREDENTIALS + "&client_id=" + id + "&client_secret=" + encodedSecret);
  }
}
