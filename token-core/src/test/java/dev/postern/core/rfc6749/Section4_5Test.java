package dev.postern.core.rfc6749;

import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Forms.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.AuthorizedGrant;
import dev.postern.core.Check;
import dev.postern.core.Client;
import dev.postern.core.ErrorCode;
import dev.postern.core.Grant;
import dev.postern.core.GrantDecision;
import dev.postern.core.GrantRequest;
import dev.postern.core.ParameterSpec;
import dev.postern.core.Reason;
import dev.postern.core.Refusal;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.StandardReason;
import dev.postern.core.StoredAccessToken;
import dev.postern.core.TokenHash;
import dev.postern.core.TokenResult;
import dev.postern.core.TokenStore;
import dev.postern.core.UnavailableException;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Also the example of how an application adds a grant of its own. */
@Rfc("RFC6749-4.5")
@DisplayName("RFC 6749 s4.5: extension grants")
class Section4_5Test {

  /**
   * Token exchange (RFC 8693) in small: one of our access tokens is exchanged for one with less
   * scope, for the same user.
   */
  private static final class TokenExchange implements Grant {
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private final TokenStore store;

    TokenExchange(TokenStore store) {
      this.store = store;
    }

    @Override
    public String grantType() {
      return "urn:ietf:params:oauth:grant-type:token-exchange";
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(
          ParameterSpec.required("subject_token").assertion(),
          ParameterSpec.required("subject_token_type"),
          ParameterSpec.optional("resource").repeatable().matching(uri -> uri.contains(":")),
          ParameterSpec.optional("scope").matching(value -> true));
    }

    @Override
    public GrantDecision authorize(GrantRequest request) {
      if (!request.parameters().require("subject_token_type").equals(ACCESS_TOKEN)) {
        return GrantDecision.refuse(
            Refusal.of(StandardReason.PARAMETER_MALFORMED, "subject_token_type"));
      }
      if (request.parameters().all("resource").contains("urn:down")) {
        throw new UnavailableException(ExchangeReason.DIRECTORY_DOWN, "the directory is down");
      }
      Secret subjectToken = Secret.of(request.parameters().require("subject_token"));
      Optional<StoredAccessToken> subject = store.findAccessToken(TokenHash.of(subjectToken));
      if (subject.isEmpty()) {
        return GrantDecision.refuse(ExchangeReason.SUBJECT_TOKEN_DEAD);
      }
      return request
          .scopeWithin(subject.get().scope())
          .fold(
              scope ->
                  GrantDecision.authorize(
                      AuthorizedGrant.of(request.client(), subject.get().subject(), scope)
                          .withMembers(Map.of("issued_token_type", ACCESS_TOKEN))
                          .refreshable()),
              GrantDecision::refuse);
    }
  }

  /** The reasons that the grant brings along; from 20000 on they are for applications. */
  private enum ExchangeReason implements Reason {
    SUBJECT_TOKEN_DEAD(20001, ErrorCode.INVALID_GRANT),
    DIRECTORY_DOWN(20002, ErrorCode.TEMPORARILY_UNAVAILABLE);

    private final int number;
    private final ErrorCode code;

    ExchangeReason(int number, ErrorCode code) {
      this.number = number;
      this.code = code;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public ErrorCode code() {
      return code;
    }

    @Override
    public Check check() {
      return Check.GRANT;
    }

    @Override
    public String section() {
      return "RFC 8693 s2.2.2";
    }

    @Override
    public String text() {
      return "no token can be had for this one";
    }
  }

  private static final String TYPE = "urn:ietf:params:oauth:token-type:access_token";
  private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";

  private final Client client =
      Client.withId("gateway")
          .secret(TestClients.secret("secret"))
          .grantTypes(GRANT_TYPE, "client_credentials", "refresh_token")
          .scope(Scope.of("read write"))
          .build();
  private final TokenStore[] store = new TokenStore[1];
  private final Endpoint endpoint = endpoint();
  private final AuthorizationHeader gateway = basic("gateway", "secret");

  private Endpoint endpoint() {
    Endpoint.Builder builder =
        Endpoint.builder()
            .clients(List.of(client, TestClients.batch().build()))
            .store(
                memory -> {
                  store[0] = memory;
                  return memory;
                });
    return builder.grant(late()).build();
  }

  /** The fixture makes the store, and the grant wants it. */
  private Grant late() {
    return new Grant() {
      @Override
      public String grantType() {
        return GRANT_TYPE;
      }

      @Override
      public List<ParameterSpec> parameters() {
        return new TokenExchange(store[0]).parameters();
      }

      @Override
      public GrantDecision authorize(GrantRequest request) {
        return new TokenExchange(store[0]).authorize(request);
      }
    };
  }

  private String subjectToken() {
    return accessToken(endpoint.handle(gateway, Forms.clientCredentials()));
  }

  private TokenResult exchange(String subjectToken, String... more) {
    return endpoint.handle(
        gateway,
        Forms.grant(
            GRANT_TYPE,
            Stream.concat(
                    Stream.of("subject_token", subjectToken, "subject_token_type", TYPE),
                    Arrays.stream(more))
                .toArray(String[]::new)));
  }

  @Test
  @DisplayName(
      "The client uses an extension grant type by specifying the grant type using an absolute URI"
          + " ... as the value of the \"grant_type\" parameter")
  void issues_with_further_members() {
    TokenResult.Issued answer = assertIssued(exchange(subjectToken(), "scope", "read"));

    assertThat(answer.subject()).isEqualTo("gateway");
    assertThat(answer.tokens().scope()).isEqualTo(Scope.of("read"));
    assertThat(answer.tokens().members()).isEqualTo(Map.of("issued_token_type", TYPE));
    assertThat(endpoint.server().find(accessToken(answer))).isPresent();
  }

  @Test
  void its_refresh_token_is_one_like_any_other() {
    TokenResult answer = exchange(subjectToken(), "scope", "read");
    TokenResult again = endpoint.handle(gateway, Forms.refresh(refreshToken(answer)));

    assertThat(assertIssued(again).tokens().scope()).isEqualTo(Scope.of("read"));
    assertThat(assertIssued(again).tokens().members()).isEmpty();
  }

  @Test
  void its_own_reasons() {
    var refused =
        assertRefused(
            exchange("dead"),
            ExchangeReason.SUBJECT_TOKEN_DEAD,
            "invalid_grant",
            "TOK20001: no token can be had for this one");
    assertThat(refused.clientId()).isEqualTo("gateway");
    assertRefused(
        exchange("dead", "resource", "urn:down"),
        ExchangeReason.DIRECTORY_DOWN,
        "temporarily_unavailable",
        "TOK20002: no token can be had for this one");
  }

  @Test
  void our_reasons_serve_it_as_well() {
    assertRefused(
        endpoint.handle(
            gateway, Forms.grant(GRANT_TYPE, "subject_token", "x", "subject_token_type", "urn:x")),
        StandardReason.PARAMETER_MALFORMED,
        "invalid_request",
        "TOK1005: a parameter holds characters that it may not hold, or too few or too many:"
            + " subject_token_type");
    assertRefused(
        exchange(subjectToken(), "scope", "read admin"),
        StandardReason.SCOPE_NOT_ALLOWED,
        "invalid_scope",
        "TOK6002: the scope exceeds what is allowed: scope");
    assertRefused(
        exchange(subjectToken(), "scope", " "),
        StandardReason.SCOPE_MALFORMED,
        "invalid_scope",
        "TOK6001: the scope is not a list of words with one space between them: scope");
  }

  @Test
  @Rfc("RFC8707-2")
  @DisplayName("RFC 8707 s2: Multiple resource parameters MAY be used")
  void a_parameter_that_was_declared_repeatable() {
    assertIssued(exchange(subjectToken(), "resource", "urn:a", "resource", "urn:b"));
    assertIssued(exchange(subjectToken(), "resource", "urn:a", "resource", "", "resource", "x:"));
    assertRefused(
        exchange(subjectToken(), "resource", "urn:a", "resource", "b"),
        StandardReason.PARAMETER_MALFORMED,
        "invalid_request",
        "TOK1005: a parameter holds characters that it may not hold, or too few or too many:"
            + " resource");
    assertRefused(
        exchange(subjectToken(), "subject_token", "again"),
        StandardReason.PARAMETER_REPEATED,
        "invalid_request",
        "TOK1003: a parameter is repeated: subject_token");
  }

  @Test
  void a_parameter_that_was_declared_required() {
    assertRefused(
        endpoint.handle(gateway, Forms.grant(GRANT_TYPE, "subject_token", "x")),
        StandardReason.PARAMETER_MISSING,
        "invalid_request",
        "TOK1002: a required parameter is missing: subject_token_type");
  }

  @Test
  void a_parameter_that_was_declared_long() {
    assertRefused(
        exchange("a".repeat(16_000)),
        ExchangeReason.SUBJECT_TOKEN_DEAD,
        "invalid_grant",
        "TOK20001: no token can be had for this one");
    assertRefused(
        exchange("a".repeat(16_001)),
        StandardReason.PARAMETER_TOO_LONG,
        "invalid_request",
        "TOK1004: a parameter is too long: subject_token");
  }

  @Test
  void only_for_clients_that_are_registered_for_it() {
    assertRefused(
        endpoint.handle(
            basic(TestClients.BATCH, TestClients.BATCH_SECRET), Forms.grant(GRANT_TYPE)),
        StandardReason.GRANT_TYPE_NOT_REGISTERED,
        "unauthorized_client",
        "TOK4001: the client is not registered for this grant type");
    assertGrantRefused(
        endpoint.handle(gateway, Forms.refresh("x")), StandardReason.REFRESH_TOKEN_UNKNOWN);
  }

  @Test
  void two_grants_for_one_type_are_a_mistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.builder().grant(late()).grant(late()).build())
        .withMessage("two grants for grant_type " + GRANT_TYPE);
  }
}
