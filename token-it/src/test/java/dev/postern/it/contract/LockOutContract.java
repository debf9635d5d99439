package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CLIENT_UNKNOWN;
import static dev.postern.core.StandardReason.GRANT_REFUSED;
import static dev.postern.core.StandardReason.PASSWORD_REFUSED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.TOO_MANY_FAILURES;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName(
    "the authorization server MUST protect any endpoint utilizing it against brute force attacks")
@Rfc("RFC6749-2.3.1")
abstract class LockOutContract extends Contract {
  private static final int LIMIT = 3;

  LockOutContract(Running running) {
    super(running);
  }

  private Endpoint braked() {
    return endpoint(
        "braked",
        () ->
            TestApp.with(TestClients.all().slow())
                .parameter("failureLimit", String.valueOf(LIMIT))
                .parameter("passwordGrant", "true")
                .parameter("trustedProxies", "127.0.0.1"));
  }

  @Test
  void after_so_many_failures_the_answer_is_to_wait() {
    exhaust("batch", "192.0.2.1", SECRET_MISMATCH);

    Answer answer = braked().token(CLIENT_CREDENTIALS, from("192.0.2.1", "batch", "wrong-secret"));
    braked().assertRefused(answer, 429, TOO_MANY_FAILURES);
    assertThat(braked().logLine(answer)).contains("TOK2102");
  }

  @Test
  void the_real_client_with_a_generated_secret_goes_on() {
    exhaust("shop", "192.0.2.2", SECRET_MISMATCH);

    Answer right =
        braked()
            .token(
                "grant_type=refresh_token&refresh_token=x",
                from("192.0.2.2", "shop", TestClients.SHOP_SECRET));
    braked().assertRefused(right, 400, GRANT_REFUSED, StandardReason.REFRESH_TOKEN_UNKNOWN);
    exhausted("shop", "192.0.2.2");
  }

  @Test
  void a_secret_that_a_person_chose_waits() {
    exhaust(TestClients.HUMAN, "192.0.2.3", SECRET_MISMATCH);

    braked()
        .assertRefused(
            braked()
                .token(
                    CLIENT_CREDENTIALS,
                    from("192.0.2.3", TestClients.HUMAN, TestClients.HUMAN_SECRET)),
            429,
            TOO_MANY_FAILURES);
  }

  @Test
  void from_elsewhere_it_does_not_wait() {
    exhaust(TestClients.HUMAN, "192.0.2.4", SECRET_MISMATCH);

    assertIssued(
        braked()
            .token(
                CLIENT_CREDENTIALS,
                from("192.0.2.5", TestClients.HUMAN, TestClients.HUMAN_SECRET)));
  }

  @ParameterizedTest
  @CsvSource({
    "nobody-1, 192.0.2.11",
    "nobody-2, 192.0.2.12",
    "nobody-3, 192.0.2.13",
    "'', 192.0.2.14"
  })
  void an_unknown_client_is_braked_like_a_known_one(String id, String source) {
    exhaust(id, source, CLIENT_UNKNOWN);
    exhausted(id, source);
  }

  @Test
  void a_secret_in_the_body_is_braked_too() {
    String form = CLIENT_CREDENTIALS + "&client_id=poster&client_secret=wrong-secret-0123456789";
    for (int i = 0; i < LIMIT; i++) {
      braked()
          .assertRefused(
              braked().token(form, https("192.0.2.20")), 400, CLIENT_REFUSED, SECRET_MISMATCH);
    }

    braked().assertRefused(braked().token(form, https("192.0.2.20")), 429, TOO_MANY_FAILURES);
  }

  @Test
  void an_id_alone_is_braked_too() {
    String form = CLIENT_CREDENTIALS + "&client_id=nobody";
    for (int i = 0; i < LIMIT; i++) {
      braked()
          .assertRefused(
              braked().token(form, https("192.0.2.21")), 400, CLIENT_REFUSED, CLIENT_UNKNOWN);
    }

    braked().assertRefused(braked().token(form, https("192.0.2.21")), 429, TOO_MANY_FAILURES);
  }

  @Test
  void a_public_client_cannot_be_locked_out() {
    for (int i = 0; i < 2 * LIMIT; i++) {
      braked().token("grant_type=x&client_id=app&client_secret=x", https("192.0.2.22"));
    }

    braked()
        .assertRefused(
            braked().token("grant_type=x&client_id=app", https("192.0.2.22")),
            400,
            StandardReason.GRANT_TYPE_UNSUPPORTED);
  }

  @Test
  void each_client_counts_for_itself() {
    exhaust("batch", "192.0.2.30", SECRET_MISMATCH);

    braked()
        .assertRefused(
            braked().token(CLIENT_CREDENTIALS, from("192.0.2.30", "other", "wrong-secret")),
            401,
            CLIENT_REFUSED,
            SECRET_MISMATCH);
  }

  @Test
  void a_network_of_ipv6_counts_as_one_source() {
    exhaust("batch", "2001:db8:1:2::1", SECRET_MISMATCH);

    exhausted("batch", "2001:db8:1:2:ffff::2");
    braked()
        .assertRefused(
            braked().token(CLIENT_CREDENTIALS, from("2001:db8:1:3::1", "batch", "wrong-secret")),
            401,
            CLIENT_REFUSED,
            SECRET_MISMATCH);
  }

  @Test
  void what_the_client_puts_before_the_address_that_the_proxy_saw_does_not_count() {
    for (int i = 0; i < LIMIT; i++) {
      braked().token("", from("198.51.100." + i + ", 192.0.2.40", "batch", "wrong-secret"));
    }

    exhausted("batch", "198.51.100.99, 192.0.2.40");
  }

  @Test
  void right_requests_are_not_counted() {
    for (int i = 0; i < 3 * LIMIT; i++) {
      assertIssued(
          braked()
              .token(CLIENT_CREDENTIALS, from("192.0.2.50", "batch", TestClients.BATCH_SECRET)));
    }
  }

  @Test
  @Rfc("RFC6749-4.3.2")
  @DisplayName("the authorization server MUST protect the endpoint against brute force attacks")
  void passwords_are_braked_by_user_name_and_source() {
    for (int i = 0; i < LIMIT; i++) {
      braked()
          .assertRefused(
              password("alice", "wrong-password", "192.0.2.60"),
              400,
              GRANT_REFUSED,
              PASSWORD_REFUSED);
    }

    braked()
        .assertRefused(password("alice", "wrong-password", "192.0.2.60"), 429, TOO_MANY_FAILURES);
    braked().assertRefused(password("alice", "wonderland", "192.0.2.60"), 429, TOO_MANY_FAILURES);
    assertIssued(password("alice", "wonderland", "192.0.2.61"));
    braked()
        .assertRefused(
            password("bob", "wrong-password", "192.0.2.60"), 400, GRANT_REFUSED, PASSWORD_REFUSED);
  }

  @Test
  void a_user_who_does_not_exist_is_braked_like_one_who_does() {
    for (int i = 0; i < LIMIT; i++) {
      password("nobody", "wrong-password", "192.0.2.62");
    }

    braked()
        .assertRefused(password("nobody", "wrong-password", "192.0.2.62"), 429, TOO_MANY_FAILURES);
  }

  @Test
  void slow_hashes_authenticate() {
    assertIssued(
        braked()
            .token(
                CLIENT_CREDENTIALS,
                from("192.0.2.70", TestClients.HUMAN, TestClients.HUMAN_SECRET)));
    assertIssued(
        braked()
            .token(
                CLIENT_CREDENTIALS,
                from("192.0.2.70", TestClients.BCRYPT, TestClients.BCRYPT_SECRET)));
    braked()
        .assertRefused(
            braked()
                .token(
                    CLIENT_CREDENTIALS,
                    from("192.0.2.70", TestClients.BCRYPT, TestClients.BCRYPT_SECRET + "x")),
            401,
            CLIENT_REFUSED,
            SECRET_MISMATCH);
  }

  private Answer password(String user, String password, String source) {
    return braked()
        .token(
            "grant_type=password&username=" + user + "&password=" + password,
            from(source, TestClients.PORTAL, TestClients.PORTAL_SECRET));
  }

  private void exhaust(String id, String source, StandardReason cause) {
    for (int i = 0; i < LIMIT; i++) {
      braked()
          .assertRefused(
              braked().token(CLIENT_CREDENTIALS, from(source, id, "wrong-secret-0123456789")),
              401,
              CLIENT_REFUSED,
              cause);
    }
  }

  private void exhausted(String id, String source) {
    braked()
        .assertRefused(
            braked().token(CLIENT_CREDENTIALS, from(source, id, "wrong-secret-0123456789")),
            429,
            TOO_MANY_FAILURES);
  }

  private static String[] from(String source, String id, String secret) {
    String[] https = https(source);
    return new String[] {https[0], https[1], basic(id, secret)};
  }

  private static String[] https(String source) {
    return new String[] {"X-Forwarded-Proto: https", "X-Forwarded-For: " + source};
  }
}
