package dev.postern.it.contract;

import static dev.postern.core.StandardReason.AUTHORIZATION_MALFORMED;
import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.HASH_PRESENTED;
import static dev.postern.core.StandardReason.METHOD_MISMATCH;
import static dev.postern.core.StandardReason.PARAMETER_MALFORMED;
import static dev.postern.core.StandardReason.SECRET_ENCODED_TWICE;
import static dev.postern.core.StandardReason.SECRET_EXPIRED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.SECRET_NOT_ENCODED;
import static dev.postern.core.StandardReason.SECRET_WITH_WHITE_SPACE;
import static dev.postern.it.contract.Endpoint.authorization;
import static dev.postern.it.contract.Endpoint.basic;
import static dev.postern.it.contract.Endpoint.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName(
    "Near misses of secrets: the answer stays the public one, while log and trace say the cause")
@Rfc("RFC6749-5.2")
abstract class NearMissContract extends NearMissSupport {
  NearMissContract(Running running) {
    super(running);
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
    Answer plain = near().token(CLIENT_CREDENTIALS, basic("rotating", "wrong-secret-0123456789"));
    Answer near = near().token(CLIENT_CREDENTIALS, basic("rotating", TestClients.ROTATING_EXPIRED));

    assertNear(near, plain, 401, CLIENT_REFUSED, SECRET_EXPIRED, "since 2026-01-01T00:00:00Z");
  }

  @Test
  @DisplayName("a line break at the end: refused as malformed before any hash, and told as such")
  void a_line_break() {
    String secret = TestClients.BATCH_SECRET;
    Answer plain = near().token(CLIENT_CREDENTIALS, basic("batch", secret + "\u0001"));
    Answer near = near().token(CLIENT_CREDENTIALS, basic("batch", secret + "\n"));

    assertNear(
        near,
        plain,
        401,
        AUTHORIZATION_MALFORMED,
        AUTHORIZATION_MALFORMED,
        "a control character: a line break at the end");
    Answer posted =
        near()
            .token(
                CLIENT_CREDENTIALS
                    + "&client_id=poster&client_secret="
                    + TestClients.POSTER_SECRET
                    + "%0D%0A");
    near().assertRefused(posted, 400, PARAMETER_MALFORMED);
    assertThat(near().logLine(posted)).contains(" detail=\"a line break at the end\"");
  }

  @Test
  void the_hash_in_place_of_the_secret() {
    Answer plain = post("wrong-secret-0123456789");
    String hash = Sha256Secrets.hash(Secret.of(ODD_SECRET));
    Answer near = post(encode(hash));

    near().assertRefused(near, 400, CLIENT_REFUSED, HASH_PRESENTED);
    assertThat(alike(near)).isEqualTo(alike(plain));
    Traced.assertTraced(near(), near, HASH_PRESENTED, "");
  }

  @Test
  void the_right_secret_by_another_method_than_is_registered() {
    String secret = TestClients.BATCH_SECRET;
    Answer plain = byTheBody("batch", "wrong-secret-0123456789");
    Answer nobody = byTheBody("nobody", "wrong-secret-0123456789");
    Answer near = byTheBody("batch", secret);

    near().assertRefused(near, 400, CLIENT_REFUSED, METHOD_MISMATCH);
    assertThat(alike(near)).isEqualTo(alike(plain)).isEqualTo(alike(nobody));
    Traced.assertTraced(near(), near, METHOD_MISMATCH, "client_secret_basic");
  }

  private Answer byTheBody(String id, String secret) {
    String credentials = "&client_id=" + id + "&client_secret=" + secret;
    return near().token(CLIENT_CREDENTIALS + credentials);
  }
}
