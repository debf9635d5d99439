package dev.postern.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.scribejava.core.builder.ServiceBuilder;
import com.github.scribejava.core.builder.api.DefaultApi20;
import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.model.OAuth2AccessTokenErrorResponse;
import com.github.scribejava.core.oauth.AccessTokenRequestParams;
import com.github.scribejava.core.oauth.AuthorizationUrlBuilder;
import com.github.scribejava.core.oauth.OAuth20Service;
import com.github.scribejava.core.oauth2.OAuth2Error;
import com.github.scribejava.core.oauth2.clientauthentication.ClientAuthentication;
import com.github.scribejava.core.oauth2.clientauthentication.HttpBasicAuthenticationScheme;
import com.github.scribejava.core.oauth2.clientauthentication.RequestBodyAuthenticationScheme;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ScribeJava: sends Basic credentials raw, against RFC 6749 s2.3.1, names the scope beside a code,
 * and as a public client sends an empty secret.
 */
final class ScribeIT {
  private static SampleServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SampleServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** An id with a colon is not among them: sent raw, nobody can tell where it ends. */
  static Stream<Arguments> everyWay() {
    ClientAuthentication basic = HttpBasicAuthenticationScheme.instance();
    ClientAuthentication body = RequestBodyAuthenticationScheme.instance();
    return Stream.of(
        Arguments.of(basic, SampleServer.BASIC, SampleServer.SECRET),
        Arguments.of(body, SampleServer.POST, SampleServer.SECRET),
        Arguments.of(basic, SampleServer.AWKWARD_BASIC, SampleServer.AWKWARD_SECRET),
        Arguments.of(basic, SampleServer.PERCENT_BASIC, SampleServer.AWKWARD_SECRET),
        Arguments.of(body, SampleServer.AWKWARD_POST, SampleServer.AWKWARD_SECRET));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void client_credentials(ClientAuthentication how, String id, String secret) throws Exception {
    try (OAuth20Service client = client(how, id, secret, SampleServer.REDIRECT_URI)) {
      OAuth2AccessToken token = client.getAccessTokenClientCredentialsGrant();

      assertThat(token.getTokenType()).isEqualTo("Bearer");
      assertThat(token.getExpiresIn()).isEqualTo(600);
      assertThat(token.getRefreshToken()).isNull();
      assertThat(server.orders(token.getAccessToken())).contains(id);
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void code_with_pkce_and_refresh(ClientAuthentication how, String id, String secret)
      throws Exception {
    try (OAuth20Service client = client(how, id, secret, SampleServer.REDIRECT_URI)) {
      assertCodeAndRefresh(client);
    }
  }

  @Test
  void public_client_with_pkce_and_refresh() throws Exception {
    try (OAuth20Service client =
        new ServiceBuilder(SampleServer.PUBLIC)
            .apiSecretIsEmptyStringUnsafe()
            .callback(SampleServer.PUBLIC_REDIRECT_URI)
            .defaultScope(SampleServer.SCOPE)
            .build(new Api(RequestBodyAuthenticationScheme.instance()))) {
      assertCodeAndRefresh(client);
    }
  }

  @Test
  void invalid_client_by_basic() throws Exception {
    try (OAuth20Service client =
        client(
            HttpBasicAuthenticationScheme.instance(),
            SampleServer.BASIC,
            SampleServer.WRONG,
            SampleServer.REDIRECT_URI)) {
      OAuth2AccessTokenErrorResponse e = refusal(client::getAccessTokenClientCredentialsGrant);

      assertThat(e.getResponse().getCode()).isEqualTo(401);
      assertThat(e.getResponse().getHeader("WWW-Authenticate")).startsWith("Basic realm=");
      assertError(e, OAuth2Error.INVALID_CLIENT, "TOK2000: ");
    }
  }

  @Test
  void invalid_client_by_post() throws Exception {
    try (OAuth20Service client =
        client(
            RequestBodyAuthenticationScheme.instance(),
            SampleServer.POST,
            SampleServer.WRONG,
            SampleServer.REDIRECT_URI)) {
      OAuth2AccessTokenErrorResponse e = refusal(client::getAccessTokenClientCredentialsGrant);

      assertThat(e.getResponse().getCode()).isEqualTo(400);
      assertError(e, OAuth2Error.INVALID_CLIENT, "TOK2000: ");
    }
  }

  @Test
  void invalid_grant() throws Exception {
    try (OAuth20Service client = basic()) {
      assertError(
          refusal(() -> client.refreshAccessToken("no-such-token")),
          OAuth2Error.INVALID_GRANT,
          "TOK3000: ");
    }
  }

  @Test
  void invalid_request() throws Exception {
    try (OAuth20Service client = basic()) {
      String code = server.codeWithoutChallenge(SampleServer.BASIC);
      assertError(
          refusal(
              () ->
                  client.getAccessToken(
                      AccessTokenRequestParams.create(code).pkceCodeVerifier("v".repeat(43)))),
          OAuth2Error.INVALID_REQUEST,
          "TOK1040: ");
    }
  }

  @Test
  void invalid_scope() throws Exception {
    try (OAuth20Service client = basic()) {
      assertError(
          refusal(() -> client.getAccessTokenClientCredentialsGrant("admin")),
          OAuth2Error.INVALID_SCOPE,
          "TOK6002: ");
    }
  }

  @Test
  void unauthorized_client() throws Exception {
    try (OAuth20Service client =
        client(
            RequestBodyAuthenticationScheme.instance(),
            "shop",
            SampleServer.SECRET,
            SampleServer.REDIRECT_URI)) {
      assertError(
          refusal(client::getAccessTokenClientCredentialsGrant),
          OAuth2Error.UNAUTHORIZED_CLIENT,
          "TOK4001: ");
    }
  }

  @Test
  void unsupported_grant_type() throws Exception {
    try (OAuth20Service client = basic()) {
      assertError(
          refusal(() -> client.getAccessTokenPasswordGrant("alice", "wonderland")),
          OAuth2Error.UNSUPPORTED_GRANT_TYPE,
          "TOK5001: ");
    }
  }

  private static void assertCodeAndRefresh(OAuth20Service client) throws Exception {
    AuthorizationUrlBuilder asked = client.createAuthorizationUrlBuilder().state("x").initPKCE();
    String code = server.code(asked.build());

    OAuth2AccessToken token =
        client.getAccessToken(
            AccessTokenRequestParams.create(code)
                .pkceCodeVerifier(asked.getPkce().getCodeVerifier()));
    OAuth2AccessToken refreshed = client.refreshAccessToken(token.getRefreshToken());

    assertThat(refreshed.getRefreshToken()).isNotEqualTo(token.getRefreshToken());
    assertThat(server.orders(refreshed.getAccessToken())).contains("alice");
  }

  private static void assertError(
      OAuth2AccessTokenErrorResponse e, OAuth2Error error, String description) {
    assertThat(e.getError()).isEqualTo(error);
    assertThat(e.getErrorDescription()).startsWith(description);
  }

  private static OAuth2AccessTokenErrorResponse refusal(ThrowingCallable call) {
    OAuth2AccessTokenErrorResponse e =
        catchThrowableOfType(OAuth2AccessTokenErrorResponse.class, call);
    assertThat(e).isNotNull();
    return e;
  }

  private static OAuth20Service basic() {
    return client(
        HttpBasicAuthenticationScheme.instance(),
        SampleServer.BASIC,
        SampleServer.SECRET,
        SampleServer.REDIRECT_URI);
  }

  private static OAuth20Service client(
      ClientAuthentication how, String id, String secret, String redirectUri) {
    return new ServiceBuilder(id)
        .apiSecret(secret)
        .callback(redirectUri)
        .defaultScope(SampleServer.SCOPE)
        .build(new Api(how));
  }

  private static final class Api extends DefaultApi20 {
    private final ClientAuthentication how;

    Api(ClientAuthentication how) {
      this.how = how;
    }

    @Override
    public String getAccessTokenEndpoint() {
      return server.token().toString();
    }

    @Override
    protected String getAuthorizationBaseUrl() {
      return server.authorize().toString();
    }

    @Override
    public ClientAuthentication getClientAuthentication() {
      return how;
    }
  }
}
