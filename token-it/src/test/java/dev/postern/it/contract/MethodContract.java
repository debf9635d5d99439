package dev.postern.it.contract;

import static dev.postern.core.StandardReason.MEDIA_TYPE_UNSUPPORTED;
import static dev.postern.core.StandardReason.METHOD_NOT_ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Quirk;
import dev.postern.it.RawConnection;
import dev.postern.it.Rfc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The client MUST use the HTTP \"POST\" method when making access token requests")
@Rfc("RFC6749-3.2")
@Slice
abstract class MethodContract extends Contract {
  MethodContract(Running running) {
    super(running);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"})
  void another_method_is_refused(String method) {
    assertRefused(shop().send(method, shop().path(), AS_BATCH), 405, METHOD_NOT_ALLOWED);
  }

  @Test
  @DisplayName("The method token is case-sensitive")
  void a_method_in_lower_case_is_another() {
    Answer answer = shop().send("post", shop().path(), AS_BATCH);

    if (has(Quirk.ANY_CASE_OF_METHOD)) {
      assertRefused(answer, 400, MEDIA_TYPE_UNSUPPORTED);
    } else {
      assertRefused(answer, 405, METHOD_NOT_ALLOWED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
  void another_method_is_refused_whatever_its_body(String method) {
    byte[] form = CLIENT_CREDENTIALS.getBytes(StandardCharsets.US_ASCII);
    byte[] request =
        shop().http().request(method, shop().path(), List.of(Endpoint.FORM, AS_BATCH), form);

    Answer answer = shop().received(shop().http().exchange(request));
    if (method.equals("DELETE") && has(Quirk.BODY_OF_DELETE)) {
      assertThat(answer.status() + answer.text()).isEqualTo("400");
    } else {
      assertRefused(answer, 405, METHOD_NOT_ALLOWED);
    }
  }

  @Test
  void a_get_whose_query_has_all_is_refused_and_not_logged() {
    running().ledger().keep("query-secret-0123456789");
    String query = "?" + CLIENT_CREDENTIALS + "&client_id=a&client_secret=query-secret-0123456789";

    assertRefused(shop().send("GET", shop().path() + query), 405, METHOD_NOT_ALLOWED);
  }

  @Test
  void a_head_is_refused_without_a_body() {
    byte[] request =
        shop()
            .http()
            .request("HEAD", shop().path(), List.of("client-request-id: head-1"), new byte[0]);
    try (RawConnection connection = shop().http().open()) {
      Answer answer = connection.send(request).readHead();

      assertThat(answer.status()).isEqualTo(405);
      Refusals.headers(answer, 405, "");
      assertThat(connection.isAtEnd()).isTrue();
    }
    assertThat(running().log().lineWith("correlation_id=head-1 "))
        .contains(" cause=METHOD_NOT_ALLOWED ");
  }

  @Test
  @DisplayName("a TRACE is refused, by the container or by us, and does not come back")
  void trace() {
    Answer answer = shop().send("TRACE", shop().path(), AS_BATCH);

    assertThat(answer.status()).isIn(403, 405);
    assertThat(answer.toString()).doesNotContain(AS_BATCH.substring(20));
  }

  @Test
  void a_method_is_refused_before_anything_else_is_looked_at() {
    Answer answer =
        shop()
            .send(
                "GET",
                shop().path() + "?client_secret=",
                "Authorization: Basic !",
                "Content-Type: text/html",
                "X-Forwarded-Proto: http");

    assertRefused(answer, 405, METHOD_NOT_ALLOWED);
  }
}
