package dev.postern.it.contract;

import static dev.postern.core.StandardReason.AUTHORIZATION_MALFORMED;
import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CODE_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.GRANT_REFUSED;
import static dev.postern.core.StandardReason.MEDIA_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.PARAMETER_MALFORMED;
import static dev.postern.core.StandardReason.REDIRECT_URI_MISMATCH;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REUSED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REUSED_ELSEWHERE;
import static dev.postern.core.StandardReason.SCOPE_IN_OTHER_CASE;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.core.StandardReason.SCOPE_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.SECRET_ENCODED_TWICE;
import static dev.postern.core.StandardReason.SECRET_EXPIRED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.SECRET_NOT_ENCODED;
import static dev.postern.core.StandardReason.SECRET_WITH_WHITE_SPACE;
import static dev.postern.it.contract.Endpoint.authorization;
import static dev.postern.it.contract.Endpoint.basic;
import static dev.postern.it.contract.Endpoint.encode;
import static dev.postern.it.contract.TestClients.SHOP;
import static dev.postern.it.contract.TestClients.SHOP_URI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("For every near miss the answer stays the public one, while the log says the cause")
@Rfc("RFC6749-5.2")
abstract class NearMissContract extends Contract {
  private static final String ODD = "odd";
  private static final String ODD_SECRET = "kX7+odd/generated%secret-0011";

  NearMissContract(Running running) {
    super(running);
  }

  /** Where a secret needs encoding, and a proxy says who asks. */
  private Endpoint near() {
    return endpoint(
        "near-misses",
        () ->
            TestApp.with(
                    TestClients.all()
                        .with(
                            ODD,
                            "client_secret_post",
                            "client_credentials",
                            client -> client.add("secrets", TestClients.secrets(ODD_SECRET)))
                        .confidential("pl+us", ODD_SECRET, "", "client_credentials"))
                .parameter("trustedProxies", "127.0.0.1")
                .parameter("refreshGrace", "0"));
  }

  private static String[] from(String source, String... more) {
    return Stream.concat(
            Stream.of("X-Forwarded-Proto: https", "X-Forwarded-For: " + source), Stream.of(more))
        .toArray(String[]::new);
  }

  static Stream<Arguments> secrets() {
    return Stream.of(
        Arguments.of(encode(ODD_SECRET + " "), SECRET_WITH_WHITE_SPACE, "white space at the end"),
        Arguments.of(
            encode("\u00A0" + ODD_SECRET), SECRET_WITH_WHITE_SPACE, "white space at the beginning"),
        Arguments.of(
            encode(encode(ODD_SECRET)),
            SECRET_ENCODED_TWICE,
            "right when it is form-decoded once more"),
        Arguments.of(
            encode(ODD_SECRET).replace("%2B", "+"),
            SECRET_NOT_ENCODED,
            "a plus sign that was not encoded stands for a blank"));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void in_the_body(String sent, StandardReason cause, String detail) {
    Answer plain = post("wrong-secret-0123456789");
    Answer near = post(sent);

    assertNear(near, plain, 400, CLIENT_REFUSED, cause, detail);
    near().assertRefused(plain, 400, CLIENT_REFUSED, SECRET_MISMATCH);
  }

  private Answer post(String encodedSecret) {
    return near()
        .token(
            CLIENT_CREDENTIALS + "&client_id=odd&client_secret=" + encodedSecret,
            from("192.0.2.1"));
  }

  static Stream<Arguments> headers() {
    String twice = encode(encode(ODD_SECRET));
    return Stream.of(
        Arguments.of(
            basic("pl+us", ODD_SECRET + "  "), SECRET_WITH_WHITE_SPACE, "white space at the end"),
        Arguments.of(
            authorization(encode("pl+us") + ":" + twice),
            SECRET_ENCODED_TWICE,
            "right when it is form-decoded once more"),
        Arguments.of(
            authorization("pl+us:" + encode(ODD_SECRET)),
            SECRET_NOT_ENCODED,
            "one of id and secret was form-encoded, the other was not"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void in_the_header(String header, StandardReason cause, String detail) {
    Answer plain =
        near().token(CLIENT_CREDENTIALS, from("192.0.2.2", basic("pl+us", "wrong-secret-01")));
    Answer near = near().token(CLIENT_CREDENTIALS, from("192.0.2.2", header));

    assertNear(near, plain, 401, CLIENT_REFUSED, cause, detail);
  }

  @Test
  void the_retired_secret() {
    Answer plain = shop().token(CLIENT_CREDENTIALS, basic("rotating", "wrong-secret-0123456789"));
    Answer near = shop().token(CLIENT_CREDENTIALS, basic("rotating", TestClients.ROTATING_EXPIRED));

    assertNear(
        shop(), near, plain, 401, CLIENT_REFUSED, SECRET_EXPIRED, "since 2026-01-01T00:00:00Z");
  }

  @Test
  @DisplayName("a line break at the end: refused as malformed before any hash, and told as such")
  void a_line_break() {
    String secret = TestClients.BATCH_SECRET;
    Answer plain = shop().token(CLIENT_CREDENTIALS, basic("batch", secret + "\u0001"));
    Answer near = shop().token(CLIENT_CREDENTIALS, basic("batch", secret + "\n"));

    assertNear(
        shop(),
        near,
        plain,
        401,
        AUTHORIZATION_MALFORMED,
        AUTHORIZATION_MALFORMED,
        "a control character: a line break at the end");
    Answer posted =
        shop()
            .token(
                CLIENT_CREDENTIALS
                    + "&client_id=poster&client_secret="
                    + TestClients.POSTER_SECRET
                    + "%0D%0A");
    shop().assertRefused(posted, 400, PARAMETER_MALFORMED);
    assertThat(shop().logLine(posted)).contains(" detail=\"a line break at the end\"");
  }

  @Test
  void a_code_and_a_refresh_token_of_another_client() {
    String code = shop().code(SHOP, "");
    Answer plain = shop().token("grant_type=authorization_code&code=" + "x".repeat(43), AS_OTHER);
    Answer near = shop().token("grant_type=authorization_code&code=" + code, AS_OTHER);
    assertNear(shop(), near, plain, 400, GRANT_REFUSED, CODE_OF_OTHER_CLIENT, "issued to " + SHOP);

    String refresh =
        refresh(assertIssued(shop().token("grant_type=authorization_code&code=" + code, AS_SHOP)));
    near = shop().token("grant_type=refresh_token&refresh_token=" + refresh, AS_OTHER);
    assertNear(
        shop(),
        near,
        plain,
        400,
        GRANT_REFUSED,
        REFRESH_TOKEN_OF_OTHER_CLIENT,
        "issued to " + SHOP);
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/cb/?from=login, a slash at the end",
    "https://shop.example/CB?from=login, upper and lower case",
    "http://shop.example/cb?from=login, the scheme",
    "https://shop.example:8443/cb?from=login, the port",
    "https://shop.example/%63b?from=login, percent-encoding"
  })
  void a_redirect_uri_that_is_nearly_right(String uri, String words) {
    String form =
        "grant_type=authorization_code&code="
            + shop().code(SHOP, "redirect_uri=" + encode(SHOP_URI))
            + "&redirect_uri=";
    Answer plain = shop().token(form + encode("https://evil.example/"), AS_SHOP);
    Answer near = shop().token(form + encode(uri), AS_SHOP);

    assertNear(
        shop(), near, plain, 400, GRANT_REFUSED, REDIRECT_URI_MISMATCH, "differs only in " + words);
    assertThat(shop().logLine(plain)).doesNotContain(" detail=");
  }

  @Test
  @DisplayName("the refresh token was already used N seconds ago from another address")
  void a_refresh_token_that_was_used_elsewhere() {
    String first = newRefreshToken();
    assertIssued(refreshFrom("192.0.2.3", first));
    String other = newRefreshToken();
    assertIssued(refreshFrom("192.0.2.3", other));

    Answer plain = refreshFrom("192.0.2.3", other);
    Answer near = refreshFrom("2001:db8::1", first);

    near().assertRefused(plain, 400, GRANT_REFUSED, REFRESH_TOKEN_REUSED);
    JsonObject told =
        near().assertRefused(near, 400, GRANT_REFUSED, REFRESH_TOKEN_REUSED_ELSEWHERE);
    assertThat(told.getString("error_description")).startsWith("TOK3000");
    assertThat(near().logLine(near))
        .contains("source=\"2001:db8:0:0::/64\"")
        .containsPattern("detail=\"(\\d+ s ago, )?from 192\\.0\\.2\\.3\"");
    assertThat(alike(near)).isEqualTo(alike(plain));
  }

  private String newRefreshToken() {
    String code = near().code(SHOP, "");
    return refresh(
        assertIssued(
            near()
                .token("grant_type=authorization_code&code=" + code, from("192.0.2.3", AS_SHOP))));
  }

  private Answer refreshFrom(String source, String token) {
    return near().token("grant_type=refresh_token&refresh_token=" + token, from(source, AS_SHOP));
  }

  @ParameterizedTest
  @CsvSource({
    "Orders.Read, SCOPE_IN_OTHER_CASE, the client has orders.read",
    "profile, SCOPE_OF_OTHER_CLIENT, other clients have profile"
  })
  void a_scope_that_is_nearly_right(String scope, StandardReason cause, String detail) {
    Answer plain = batch(CLIENT_CREDENTIALS + "&scope=nobody.has.this");
    Answer near = batch(CLIENT_CREDENTIALS + "&scope=" + scope);

    assertThat(cause).isIn(SCOPE_IN_OTHER_CASE, SCOPE_OF_OTHER_CLIENT);
    assertNear(shop(), near, plain, 400, SCOPE_NOT_ALLOWED, cause, detail);
    assertThat(near.json().getString("error_description"))
        .isEqualTo("TOK6002: the scope exceeds what is allowed: scope");
    assertThat(shop().logLine(plain)).doesNotContain(" detail=").doesNotContain("nobody.has");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type: application/json, sent as application/json",
    "Content-Type: Application/JSON;charset=x, sent as application/json",
    "Content-Type: multipart/form-data; boundary=kX7-x, sent as multipart/form-data",
    "Content-Type: kX7-batch-generated-secret-0001, sent as what is no media type",
    "X-None: 1, no Content-Type header"
  })
  void parameters_that_came_as_something_else_than_a_form(String header, String detail) {
    byte[] body = "{\"grant_type\":\"client_credentials\"}".getBytes(StandardCharsets.US_ASCII);
    Answer answer = shop().body(body, header, AS_BATCH);

    assertRefused(answer, 400, MEDIA_TYPE_UNSUPPORTED);
    assertThat(shop().logLine(answer)).contains(" detail=\"" + detail + "\"");
  }

  private void assertNear(
      Answer near,
      Answer plain,
      int status,
      StandardReason told,
      StandardReason cause,
      String detail) {
    assertNear(near(), near, plain, status, told, cause, detail);
  }

  private static void assertNear(
      Endpoint at,
      Answer near,
      Answer plain,
      int status,
      StandardReason told,
      StandardReason cause,
      String detail) {
    at.assertRefused(near, status, told, cause);
    assertThat(at.logLine(near)).contains(" detail=\"" + detail + "\"");
    assertThat(alike(near)).isEqualTo(alike(plain));
  }

  /** The answer without what is new in each. */
  private static String alike(Answer answer) {
    return answer
        .toString()
        .replaceAll("Date: [^\n]*", "")
        .replaceAll("\"(timestamp|trace_id|correlation_id)\":\"[^\"]*\"", "");
  }
}
