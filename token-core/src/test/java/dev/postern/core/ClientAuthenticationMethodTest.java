package dev.postern.core;

import static dev.postern.core.testing.Answers.assertClientRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How an application brings its own way for clients to prove who they are. */
class ClientAuthenticationMethodTest {

  /** A ticket in the body, made by some gateway: {@code ticket=CLIENT.SIGNATURE}. */
  private static final class Ticket implements ClientAuthenticationMethod {
    @Override
    public String name() {
      return "ticket";
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(ParameterSpec.optional("ticket").matching(text -> text.contains(".")));
    }

    @Override
    public String mechanism() {
      return "ticket";
    }

    @Override
    public boolean isUsedIn(ParsedRequest request) {
      return request.parameters().has("ticket");
    }

    @Override
    public Outcome<Client> verify(ClientAttempt attempt) {
      String[] parts = attempt.request().parameters().require("ticket").split("\\.", 2);
      if (!parts[1].equals("signed")) {
        return Outcome.refused(StandardReason.SECRET_MISMATCH);
      }
      return attempt
          .find(parts[0])
          .map(Outcome::of)
          .orElseGet(() -> Outcome.refused(StandardReason.CLIENT_UNKNOWN));
    }
  }

  /** A key in the header: {@code Authorization: ApiKey KEY}. */
  private static final class ApiKey implements ClientAuthenticationMethod {
    @Override
    public String name() {
      return "api_key";
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of();
    }

    @Override
    public String mechanism() {
      return "Authorization header";
    }

    @Override
    public boolean isUsedIn(ParsedRequest request) {
      return request.authorization() instanceof AuthorizationHeader.Other other
          && other.scheme().equalsIgnoreCase("ApiKey");
    }

    @Override
    public Outcome<Client> verify(ClientAttempt attempt) {
      Secret key = ((AuthorizationHeader.Other) attempt.request().authorization()).credentials();
      return attempt.verify(List.of(new IdAndSecret("keyed", key)));
    }
  }

  private final Client ticketed =
      Client.withId("ticketed")
          .authenticationMethod("ticket")
          .grantTypes("client_credentials")
          .build();
  private final Client keyed =
      Client.withId("keyed")
          .authenticationMethod("api_key")
          .secret(TestClients.secret("key"))
          .grantTypes("client_credentials")
          .build();
  private final Endpoint endpoint =
      Endpoint.builder()
          .clients(List.of(TestClients.batch().build(), ticketed, keyed))
          .method(new Ticket())
          .method(new ApiKey())
          .build();

  @Test
  void it_proves_the_client() {
    assertThat(
            assertIssued(
                    endpoint.handle(
                        NO_HEADER, Forms.clientCredentials("ticket", "ticketed.signed")))
                .client()
                .client())
        .isSameAs(ticketed);
    assertThat(
            assertIssued(
                    endpoint.handle(
                        new AuthorizationHeader.Other("apikey", Secret.of("key")),
                        Forms.clientCredentials()))
                .client()
                .client())
        .isSameAs(keyed);
  }

  @Test
  void it_may_repeat_the_client_id() {
    assertIssued(
        endpoint.handle(
            NO_HEADER,
            Forms.clientCredentials("client_id", "ticketed", "ticket", "ticketed.signed")));
    assertIssued(
        endpoint.handle(
            new AuthorizationHeader.Other("ApiKey", Secret.of("key")),
            Forms.clientCredentials("client_id", "keyed")));
    assertRefused(
        endpoint.handle(
            NO_HEADER, Forms.clientCredentials("client_id", BATCH, "ticket", "ticketed.signed")),
        StandardReason.CLIENT_ID_MISMATCH,
        "invalid_request",
        "TOK1032: client_id is not the client that authenticated");
  }

  @Test
  void its_refusals_have_the_face_of_all_others() {
    assertClientRefused(
        endpoint.handle(NO_HEADER, Forms.clientCredentials("ticket", "ticketed.forged")),
        StandardReason.SECRET_MISMATCH);
    assertClientRefused(
        endpoint.handle(NO_HEADER, Forms.clientCredentials("ticket", "nobody.signed")),
        StandardReason.CLIENT_UNKNOWN);
    assertClientRefused(
        endpoint.handle(
            new AuthorizationHeader.Other("ApiKey", Secret.of("guess")), Forms.clientCredentials()),
        StandardReason.SECRET_MISMATCH);
  }

  @Test
  @Rfc("RFC6749-2.3.2")
  void only_clients_that_are_registered_for_it_may_use_it() {
    assertClientRefused(
        endpoint.handle(NO_HEADER, Forms.clientCredentials("ticket", BATCH + ".signed")),
        StandardReason.METHOD_MISMATCH);
    assertClientRefused(
        endpoint.handle(basic("keyed", "key"), Forms.clientCredentials()),
        StandardReason.METHOD_MISMATCH);
    assertClientRefused(
        endpoint.handle(basic("ticketed", "x"), Forms.clientCredentials()),
        StandardReason.METHOD_MISMATCH);
    assertClientRefused(
        endpoint.handle(NO_HEADER, Forms.clientCredentials("client_id", "ticketed")),
        StandardReason.CREDENTIALS_REQUIRED);
  }

  @Test
  void it_is_a_mechanism_like_any_other() {
    String two = "TOK1030: more than one client authentication mechanism is used: ";

    assertRefused(
        endpoint.handle(
            basic(BATCH, BATCH_SECRET), Forms.clientCredentials("ticket", "ticketed.signed")),
        StandardReason.SEVERAL_MECHANISMS,
        "invalid_request",
        two + "Authorization header, ticket");
    assertRefused(
        endpoint.handle(
            NO_HEADER, Forms.clientCredentials("client_secret", "x", "ticket", "ticketed.signed")),
        StandardReason.SEVERAL_MECHANISMS,
        "invalid_request",
        two + "client_secret, ticket");
    assertRefused(
        endpoint.handle(
            new AuthorizationHeader.Other("ApiKey", Secret.of("key")),
            Forms.clientCredentials("ticket", "ticketed.signed")),
        StandardReason.SEVERAL_MECHANISMS,
        "invalid_request",
        two + "Authorization header, ticket");
  }

  @Test
  void its_parameters_are_held_to_what_it_declared() {
    assertRefused(
        endpoint.handle(NO_HEADER, Forms.clientCredentials("ticket", "unsigned")),
        StandardReason.PARAMETER_MALFORMED,
        "invalid_request",
        "TOK1005: a parameter holds characters that it may not hold, or too few or too many:"
            + " ticket");
    assertRefused(
        endpoint.handle(NO_HEADER, Forms.clientCredentials("ticket", "a.b", "ticket", "a.b")),
        StandardReason.PARAMETER_REPEATED,
        "invalid_request",
        "TOK1003: a parameter is repeated: ticket");
  }

  @Test
  void without_it_its_scheme_and_its_parameter_mean_nothing() {
    Endpoint plain = Endpoint.standard();

    assertRefused(
        plain.handle(
            new AuthorizationHeader.Other("ApiKey", Secret.of("key")), Forms.clientCredentials()),
        StandardReason.AUTHORIZATION_SCHEME_UNSUPPORTED,
        "invalid_client",
        "TOK2002: the scheme of the Authorization header is not supported");
    assertRefused(
        plain.handle(NO_HEADER, Forms.clientCredentials("ticket", "ticketed.signed")),
        StandardReason.CREDENTIALS_MISSING,
        "invalid_client",
        "TOK2003: there are no client credentials");
  }

  @Test
  void claimed_client_of_a_header_that_names_none_is_that_of_the_form() {
    AuthorizationHeader other = new AuthorizationHeader.Other("ApiKey", Secret.of("key"));

    assertThat(TokenRequest.of(other, Form.of("client_id", "a")).claimedClient()).contains("a");
    assertThat(TokenRequest.of(other, Form.of()).claimedClient()).isEqualTo(Optional.empty());
    assertThat(TokenRequest.of(basic("b", "x"), Form.of("client_id", "a")).claimedClient())
        .contains("b");
  }
}
