package dev.postern.it.contract;

import static dev.postern.core.StandardReason.ASSERTION_UNSUPPORTED;
import static dev.postern.core.StandardReason.CLIENT_ID_MISMATCH;
import static dev.postern.core.StandardReason.CLIENT_ID_MISSING;
import static dev.postern.core.StandardReason.CLIENT_REFUSED;
import static dev.postern.core.StandardReason.CREDENTIALS_MISSING;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.SEVERAL_AUTHORIZATION_HEADERS;
import static dev.postern.core.StandardReason.SEVERAL_MECHANISMS;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The client MUST NOT use more than one authentication method in each request")
@Rfc("RFC6749-2.3")
@Slice
abstract class MechanismContract extends Contract {
  private static final String POSTED =
      "client_id=" + TestClients.POSTER + "&client_secret=" + TestClients.POSTER_SECRET;
  private static final String ASSERTION = "client_assertion=eyJhbGciOiJub25lIn0.e30.";
  private static final String ASSERTION_TYPE =
      "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  MechanismContract(Running running) {
    super(running);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          client_secret=%1$s                           | Authorization header, client_secret
          client_id=batch&client_secret=%1$s           | Authorization header, client_secret
          client_id=other&client_secret=x              | Authorization header, client_secret
          client_assertion=a.b.c                       | Authorization header, client_assertion
          client_assertion_type=x                      | Authorization header, client_assertion
          client_assertion=a.b.c&client_assertion_type=x | Authorization header, client_assertion
          client_secret=x&client_assertion=a.b.c       | Authorization header, client_secret, client_assertion
          client_id=batch&client_assertion=a.b.c       | Authorization header, client_assertion
          """)
  void beside_basic(String form, String mechanisms) {
    String more = form.formatted(TestClients.BATCH_SECRET);
    for (String header :
        new String[] {
          AS_BATCH,
          basic("batch", "wrong-secret"),
          "Authorization: Bearer x",
          "Authorization: Basic !"
        }) {
      Answer answer = shop().token(CLIENT_CREDENTIALS + "&" + more, header);

      assertRefused(answer, 400, SEVERAL_MECHANISMS);
      assertThat(answer.json().getString("error_description")).endsWith(": " + mechanisms);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ASSERTION, ASSERTION_TYPE, ASSERTION + "&" + ASSERTION_TYPE})
  void beside_a_secret_in_the_body(String assertion) {
    Answer answer = shop().token(CLIENT_CREDENTIALS + "&" + POSTED + "&" + assertion);

    assertRefused(answer, 400, SEVERAL_MECHANISMS);
    assertThat(answer.json().getString("error_description"))
        .endsWith(": client_secret, client_assertion");
  }

  @Test
  void two_authorization_headers_are_refused_even_if_they_agree() {
    assertSeveralHeaders(AS_BATCH, AS_BATCH);
    assertSeveralHeaders(AS_BATCH, AS_OTHER);
    assertSeveralHeaders(AS_BATCH, "Authorization: Bearer x");
    assertSeveralHeaders("Authorization: Basic !", AS_BATCH);
    assertSeveralHeaders(AS_BATCH, "Authorization:");
    assertSeveralHeaders(AS_BATCH, "authorization: Basic x");
  }

  @Test
  void two_authorization_headers_come_before_the_mechanisms() {
    Answer answer = shop().token(CLIENT_CREDENTIALS + "&client_secret=x", AS_BATCH, AS_BATCH);

    assertRefused(answer, 400, SEVERAL_AUTHORIZATION_HEADERS);
  }

  private void assertSeveralHeaders(String one, String other) {
    Answer answer = shop().token(CLIENT_CREDENTIALS, one, other);

    assertRefused(answer, 400, SEVERAL_AUTHORIZATION_HEADERS);
  }

  @Test
  void the_id_beside_basic_is_fine_when_it_is_the_same() {
    assertIssued(batch(CLIENT_CREDENTIALS + "&client_id=batch"));
    assertIssued(batch(CLIENT_CREDENTIALS + "&client_id="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "poster", "app", "nobody", "BATCH", "batch+", "batc"})
  void another_id_beside_basic_is_refused(String id) {
    Answer answer = batch(CLIENT_CREDENTIALS + "&client_id=" + id);

    assertRefused(answer, 400, CLIENT_ID_MISMATCH);
  }

  @Test
  void that_the_ids_differ_is_told_only_to_who_authenticated() {
    Answer answer =
        shop().token(CLIENT_CREDENTIALS + "&client_id=other", basic("batch", "wrong-secret"));

    assertRefused(answer, 401, CLIENT_REFUSED, SECRET_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CLIENT_CREDENTIALS,
        "grant_type=x",
        "client_id=",
        "client_id&client_secret",
        "a=b"
      })
  @Rfc("RFC6749-5.2")
  @DisplayName("no client authentication included")
  void without_any(String form) {
    assertRefused(shop().token(form), 400, CREDENTIALS_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"client_secret=a-secret-of-nobody", "client_id=&client_secret=a-secret-of-nobody"})
  void a_secret_needs_an_id(String form) {
    assertRefused(shop().token(CLIENT_CREDENTIALS + "&" + form), 400, CLIENT_ID_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ASSERTION,
        ASSERTION_TYPE,
        ASSERTION + "&" + ASSERTION_TYPE,
        "client_id=batch&" + ASSERTION + "&" + ASSERTION_TYPE,
        "client_id=app&" + ASSERTION_TYPE
      })
  @Rfc({"RFC6749-5.2", "RFC7521-4.2"})
  @DisplayName("unsupported authentication method")
  void an_assertion_is_not_supported_yet(String form) {
    assertRefused(shop().token(CLIENT_CREDENTIALS + "&" + form), 400, ASSERTION_UNSUPPORTED);
  }
}
