package dev.postern.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.RawConnection;
import dev.postern.it.Rfc;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("After a refusal the connection is closed, or the next request on it is understood")
@Rfc("RFC9112-9.3")
@Slice
abstract class KeepAliveContract extends Contract {
  KeepAliveContract(Running running) {
    super(running);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unknown grant type | POST /shop/oauth/token | application/x-www-form-urlencoded | grant_type=x | 400
          wrong secret       | POST /shop/oauth/token | application/x-www-form-urlencoded | client_id=batch&client_secret=x&grant_type=x | 400
          bad escape         | POST /shop/oauth/token | application/x-www-form-urlencoded | grant_type=% | 400
          empty body         | POST /shop/oauth/token | application/x-www-form-urlencoded | '' | 400
          media type, unread | POST /shop/oauth/token | text/plain | grant_type=client_credentials | 400
          query, unread      | POST /shop/oauth/token?scope=x | application/x-www-form-urlencoded | grant_type=client_credentials | 400
          method, unread     | PUT /shop/oauth/token | application/x-www-form-urlencoded | grant_type=client_credentials | 405
          method             | GET /shop/oauth/token | application/x-www-form-urlencoded | '' | 405
          path, unread       | POST /shop/oauth/jwks | application/x-www-form-urlencoded | grant_type=client_credentials | 404
          """)
  void after_a_refusal(String kind, String line, String type, String body, int status) {
    assertGoesOn(
        line
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body,
        status);
  }

  @org.junit.jupiter.api.Test
  void after_a_large_body_that_was_not_read() {
    String body = "x".repeat(60_000);

    assertGoesOn(
        "POST /shop/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body,
        400);
  }

  @org.junit.jupiter.api.Test
  void after_chunks_that_were_not_read() {
    assertGoesOn(
        "POST /shop/oauth/token?code=x HTTP/1.1\r\nHost: x\r\n"
            + Endpoint.FORM
            + "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
        400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "authorize"})
  void after_a_body_that_is_too_large_it_is_closed(String endpoint) {
    String body = "x".repeat(65_537);
    try (RawConnection connection = shop().http().open()) {
      Answer answer =
          connection
              .send(
                  "POST /shop/oauth/"
                      + endpoint
                      + " HTTP/1.1\r\nHost: x\r\n"
                      + Endpoint.FORM
                      + "\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
              .read();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.header("Connection")).hasValue("close");
      assertThat(connection.isAtEnd()).isTrue();
    }
  }

  private void assertGoesOn(String refused, int status) {
    try (RawConnection connection = shop().http().open()) {
      Answer answer =
          shop().received(connection.send(refused.getBytes(StandardCharsets.US_ASCII)).read());

      assertThat(answer.status()).isEqualTo(status);
      if (answer.header("Connection").filter("close"::equalsIgnoreCase).isPresent()) {
        assertThat(connection.isAtEnd()).isTrue();
      } else {
        assertIssued(shop().token(connection, CLIENT_CREDENTIALS, AS_BATCH));
      }
    }
  }
}
