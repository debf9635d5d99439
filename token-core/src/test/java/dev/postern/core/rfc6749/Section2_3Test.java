package dev.postern.core.rfc6749;

import static dev.postern.core.StandardReason.ASSERTION_UNSUPPORTED;
import static dev.postern.core.StandardReason.AUTHORIZATION_MALFORMED;
import static dev.postern.core.StandardReason.AUTHORIZATION_SCHEME_UNSUPPORTED;
import static dev.postern.core.StandardReason.CLIENT_ID_MISMATCH;
import static dev.postern.core.StandardReason.CREDENTIALS_MISSING;
import static dev.postern.core.StandardReason.CREDENTIALS_REQUIRED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.SEVERAL_AUTHORIZATION_HEADERS;
import static dev.postern.core.StandardReason.SEVERAL_MECHANISMS;
import static dev.postern.core.testing.Answers.assertClientRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static dev.postern.core.testing.TestClients.POSTER;
import static dev.postern.core.testing.TestClients.POSTER_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Client;
import dev.postern.core.Form;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Rfc("RFC6749-2.3")
@DisplayName(
    "RFC 6749 s2.3: The client MUST NOT use more than one authentication method in each request.")
class Section2_3Test {
  private static final String TWO =
      "TOK1030: more than one client authentication mechanism is used";
  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final Endpoint endpoint = Endpoint.standard();

  /** What a body may carry; each with what it amounts to. */
  enum Body {
    SECRET(", client_secret", "client_secret", POSTER_SECRET),
    ID_AND_SECRET(", client_secret", "client_id", POSTER, "client_secret", POSTER_SECRET),
    ID_AND_WRONG_SECRET(", client_secret", "client_id", BATCH, "client_secret", "guess"),
    ASSERTION(", client_assertion", "client_assertion", "a.b.c"),
    ASSERTION_TYPE(", client_assertion", "client_assertion_type", TYPE),
    WHOLE_ASSERTION(
        ", client_assertion", "client_assertion", "a.b.c", "client_assertion_type", TYPE),
    ID_AND_ASSERTION(", client_assertion", "client_id", BATCH, "client_assertion", "a.b.c"),
    ID_AND_ASSERTION_TYPE(", client_assertion", "client_id", BATCH, "client_assertion_type", TYPE),
    SECRET_AND_ASSERTION(
        ", client_secret, client_assertion", "client_secret", "x", "client_assertion", "a.b.c"),
    SECRET_AND_ASSERTION_TYPE(
        ", client_secret, client_assertion", "client_secret", "x", "client_assertion_type", TYPE),
    EVERYTHING(
        ", client_secret, client_assertion",
        "client_id",
        POSTER,
        "client_secret",
        POSTER_SECRET,
        "client_assertion",
        "a.b.c",
        "client_assertion_type",
        TYPE);

    final String mechanisms;
    final String[] parameters;

    Body(String mechanisms, String... parameters) {
      this.mechanisms = mechanisms;
      this.parameters = parameters;
    }

    Form form() {
      return Forms.clientCredentials(parameters);
    }
  }

  @ParameterizedTest
  @EnumSource(Body.class)
  void basic_beside(Body body) {
    assertRefused(
        endpoint.handle(basic(BATCH, BATCH_SECRET), body.form()),
        SEVERAL_MECHANISMS,
        "invalid_request",
        TWO + ": Authorization header" + body.mechanisms);
  }

  @ParameterizedTest
  @EnumSource(Body.class)
  void wrong_basic_beside(Body body) {
    assertRefused(
        endpoint.handle(basic(BATCH, "guess"), body.form()),
        SEVERAL_MECHANISMS,
        "invalid_request",
        TWO + ": Authorization header" + body.mechanisms);
  }

  @ParameterizedTest
  @EnumSource(Body.class)
  void other_scheme_beside(Body body) {
    assertRefused(
        endpoint.handle(new AuthorizationHeader.Other("Bearer", Secret.of("token")), body.form()),
        SEVERAL_MECHANISMS,
        "invalid_request",
        TWO + ": Authorization header" + body.mechanisms);
  }

  @ParameterizedTest
  @EnumSource(Body.class)
  void malformed_header_beside(Body body) {
    assertRefused(
        endpoint.handle(new AuthorizationHeader.Malformed("not base64"), body.form()),
        SEVERAL_MECHANISMS,
        "invalid_request",
        TWO + ": Authorization header" + body.mechanisms);
  }

  @ParameterizedTest
  @EnumSource(Body.class)
  void two_headers_beside(Body body) {
    assertRefused(
        endpoint.handle(new AuthorizationHeader.Repeated(), body.form()),
        SEVERAL_AUTHORIZATION_HEADERS,
        "invalid_request",
        "TOK1031: there is more than one Authorization header");
  }

  @ParameterizedTest
  @EnumSource(
      value = Body.class,
      names = {"SECRET_AND_ASSERTION", "SECRET_AND_ASSERTION_TYPE", "EVERYTHING"})
  void secret_beside_an_assertion(Body body) {
    assertRefused(
        endpoint.handle(NO_HEADER, body.form()),
        SEVERAL_MECHANISMS,
        "invalid_request",
        TWO + ": client_secret, client_assertion");
  }

  @ParameterizedTest
  @EnumSource(
      value = Body.class,
      names = {
        "ASSERTION",
        "ASSERTION_TYPE",
        "WHOLE_ASSERTION",
        "ID_AND_ASSERTION",
        "ID_AND_ASSERTION_TYPE"
      })
  @DisplayName("s5.2: unsupported authentication method: an assertion alone, or half of one")
  void assertion_alone(Body body) {
    assertRefused(
        endpoint.handle(NO_HEADER, body.form()),
        ASSERTION_UNSUPPORTED,
        "invalid_client",
        "TOK2004: client assertions are not supported");
  }

  @Test
  @DisplayName("s5.2: no client authentication included")
  void nothing_at_all() {
    assertThat(
            assertRefused(
                    endpoint.handle(NO_HEADER, Forms.clientCredentials()),
                    CREDENTIALS_MISSING,
                    "invalid_client",
                    "TOK2003: there are no client credentials")
                .clientId())
        .isEmpty();
  }

  @Test
  @Rfc({"RFC6749-2.1", "RFC6749-2.2", "RFC6749-3.2.1", "RFC6749-10.2", "RFC9700-2.5"})
  void id_alone_of_a_confidential_client() {
    assertClientRefused(
        endpoint.handle(NO_HEADER, Forms.clientCredentials("client_id", BATCH)),
        CREDENTIALS_REQUIRED);
  }

  @Test
  void secret_without_an_id() {
    assertRefused(
        endpoint.handle(NO_HEADER, Forms.clientCredentials("client_secret", POSTER_SECRET)),
        StandardReason.CLIENT_ID_MISSING,
        "invalid_request",
        "TOK1033: client_secret was sent without client_id");
  }

  @Test
  void each_mechanism_alone() {
    assertIssued(endpoint.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials()));
    assertIssued(endpoint.handle(NO_HEADER, Body.ID_AND_SECRET.form()));
  }

  @Test
  void other_scheme_alone() {
    AuthorizationHeader bearer = new AuthorizationHeader.Other("Bearer", Secret.of("token"));
    String description = "TOK2002: the scheme of the Authorization header is not supported";

    assertRefused(
        endpoint.handle(bearer, Forms.clientCredentials()),
        AUTHORIZATION_SCHEME_UNSUPPORTED,
        "invalid_client",
        description);
    assertRefused(
        endpoint.handle(bearer, Forms.clientCredentials("client_id", "app")),
        AUTHORIZATION_SCHEME_UNSUPPORTED,
        "invalid_client",
        description);
  }

  @Test
  void malformed_header_alone() {
    AuthorizationHeader broken = new AuthorizationHeader.Malformed("no colon");
    String description = "TOK2001: the Authorization header cannot be read";

    assertThat(
            assertRefused(
                    endpoint.handle(broken, Forms.clientCredentials()),
                    AUTHORIZATION_MALFORMED,
                    "invalid_client",
                    description)
                .refusal()
                .detail())
        .isEqualTo("no colon");
    assertRefused(
        endpoint.handle(broken, Forms.clientCredentials("client_id", "app")),
        AUTHORIZATION_MALFORMED,
        "invalid_client",
        description);
  }

  @Test
  void two_headers_alone() {
    assertRefused(
        endpoint.handle(new AuthorizationHeader.Repeated(), Forms.clientCredentials()),
        SEVERAL_AUTHORIZATION_HEADERS,
        "invalid_request",
        "TOK1031: there is more than one Authorization header");
    assertRefused(
        endpoint.handle(
            new AuthorizationHeader.Repeated(), Forms.clientCredentials("client_id", BATCH)),
        SEVERAL_AUTHORIZATION_HEADERS,
        "invalid_request",
        "TOK1031: there is more than one Authorization header");
  }

  @Test
  @Rfc("RFC6749-3.2.1")
  @DisplayName("s3.2.1: A client MAY use the client_id request parameter to identify itself")
  void id_beside_basic() {
    assertIssued(
        endpoint.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials("client_id", BATCH)));
    for (String other : List.of(POSTER, "nobody", "BATCH", BATCH + " ")) {
      assertRefused(
          endpoint.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials("client_id", other)),
          CLIENT_ID_MISMATCH,
          "invalid_request",
          "TOK1032: client_id is not the client that authenticated");
    }
  }

  @Test
  void who_is_not_proven_is_not_told_of_the_other_id() {
    assertClientRefused(
        endpoint.handle(basic(BATCH, "guess"), Forms.clientCredentials("client_id", POSTER)),
        SECRET_MISMATCH);
  }

  @Test
  void id_beside_basic_is_compared_with_the_reading_that_matched() {
    Endpoint plus =
        Endpoint.of(
            TestClients.batch().build(),
            Client.withId("a+b")
                .secret(TestClients.secret("secret"))
                .grantTypes("client_credentials")
                .build());
    AuthorizationHeader raw = basic("a b", "secret", "a+b", "secret");

    assertIssued(plus.handle(raw, Forms.clientCredentials("client_id", "a+b")));
    assertRefused(
        plus.handle(raw, Forms.clientCredentials("client_id", "a b")),
        CLIENT_ID_MISMATCH,
        "invalid_request",
        "TOK1032: client_id is not the client that authenticated");
  }
}
