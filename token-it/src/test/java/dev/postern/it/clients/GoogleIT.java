package dev.postern.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.client.auth.oauth2.AuthorizationCodeFlow;
import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.ClientCredentialsTokenRequest;
import com.google.api.client.auth.oauth2.ClientParametersAuthentication;
import com.google.api.client.auth.oauth2.PasswordTokenRequest;
import com.google.api.client.auth.oauth2.RefreshTokenRequest;
import com.google.api.client.auth.oauth2.TokenErrorResponse;
import com.google.api.client.auth.oauth2.TokenRequest;
import com.google.api.client.auth.oauth2.TokenResponse;
import com.google.api.client.auth.oauth2.TokenResponseException;
import com.google.api.client.http.BasicAuthentication;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpExecuteInterceptor;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.ApacheHttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** google-oauth-client: sends Basic credentials raw, against RFC 6749 s2.3.1. */
final class GoogleIT {
  private static final JsonFactory JSON = GsonFactory.getDefaultInstance();
  private static final HttpTransport HTTP = new NetHttpTransport();

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
    return Stream.of(
        Arguments.of(
            SampleServer.BASIC, new BasicAuthentication(SampleServer.BASIC, SampleServer.SECRET)),
        Arguments.of(
            SampleServer.POST,
            new ClientParametersAuthentication(SampleServer.POST, SampleServer.SECRET)),
        Arguments.of(
            SampleServer.AWKWARD_BASIC,
            new BasicAuthentication(SampleServer.AWKWARD_BASIC, SampleServer.AWKWARD_SECRET)),
        Arguments.of(
            SampleServer.PERCENT_BASIC,
            new BasicAuthentication(SampleServer.PERCENT_BASIC, SampleServer.AWKWARD_SECRET)),
        Arguments.of(
            SampleServer.AWKWARD_POST,
            new ClientParametersAuthentication(
                SampleServer.AWKWARD_POST, SampleServer.AWKWARD_SECRET)));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void client_credentials(String id, HttpExecuteInterceptor how) throws Exception {
    TokenResponse response =
        clientCredentials(how, HTTP).setScopes(scopes("orders.read")).execute();

    assertThat(response.getTokenType()).isEqualTo("Bearer");
    assertThat(response.getExpiresInSeconds()).isEqualTo(600);
    assertThat(response.getRefreshToken()).isNull();
    assertThat(server.orders(response.getAccessToken())).contains(id);
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void code_with_pkce_and_refresh(String id, HttpExecuteInterceptor how) throws Exception {
    assertCodeAndRefresh(id, how, SampleServer.REDIRECT_URI);
  }

  @Test
  void public_client_with_pkce_and_refresh() throws Exception {
    assertCodeAndRefresh(
        SampleServer.PUBLIC,
        new ClientParametersAuthentication(SampleServer.PUBLIC, null),
        SampleServer.PUBLIC_REDIRECT_URI);
  }

  @Test
  @SuppressWarnings("deprecation") // its successor is a library of its own
  void invalid_client_by_basic() throws Exception {
    HttpTransport http = new ApacheHttpTransport();
    TokenResponseException e =
        refusal(clientCredentials(new BasicAuthentication("basic", SampleServer.WRONG), http));
    http.shutdown();

    assertThat(e.getStatusCode()).isEqualTo(401);
    assertThat(e.getHeaders().getAuthenticate()).startsWith("Basic realm=");
    assertThat(e.getDetails().getError()).isEqualTo("invalid_client");
    assertThat(e.getDetails().getErrorDescription()).startsWith("TOK2000: ");
    assertThat(e.getDetails().get("trace_id")).isNotNull();
  }

  @Test
  void the_client_of_the_jdk_hides_the_body_of_a_401() throws Exception {
    TokenResponseException e =
        refusal(clientCredentials(new BasicAuthentication("basic", SampleServer.WRONG), HTTP));

    assertThat(e.getStatusCode()).isEqualTo(401);
    assertThat(e.getDetails()).isNull();
  }

  @Test
  void invalid_client_by_post() throws Exception {
    assertError(
        clientCredentials(
            new ClientParametersAuthentication(SampleServer.POST, SampleServer.WRONG), HTTP),
        "invalid_client",
        "TOK2000: ");
  }

  @Test
  void invalid_grant() throws Exception {
    assertError(
        new RefreshTokenRequest(HTTP, JSON, token(), "no-such-token")
            .setClientAuthentication(basic()),
        "invalid_grant",
        "TOK3000: ");
  }

  @Test
  void invalid_scope() throws Exception {
    assertError(
        clientCredentials(basic(), HTTP).setScopes(scopes("admin")), "invalid_scope", "TOK6002: ");
  }

  @Test
  void unauthorized_client() throws Exception {
    assertError(
        clientCredentials(new ClientParametersAuthentication("shop", SampleServer.SECRET), HTTP),
        "unauthorized_client",
        "TOK4001: ");
  }

  @Test
  void unsupported_grant_type() throws Exception {
    assertError(
        new PasswordTokenRequest(HTTP, JSON, token(), "alice", "wonderland")
            .setClientAuthentication(basic()),
        "unsupported_grant_type",
        "TOK5001: ");
  }

  private static void assertCodeAndRefresh(
      String id, HttpExecuteInterceptor how, String redirectUri) throws Exception {
    AuthorizationCodeFlow flow =
        new AuthorizationCodeFlow.Builder(
                BearerToken.authorizationHeaderAccessMethod(),
                HTTP,
                JSON,
                token(),
                how,
                id,
                server.authorize().toString())
            .setScopes(scopes("orders.read"))
            .enablePKCE()
            .build();
    String asked = flow.newAuthorizationUrl().setRedirectUri(redirectUri).setState("x").build();

    TokenResponse tokens =
        flow.newTokenRequest(server.code(asked)).setRedirectUri(redirectUri).execute();
    TokenResponse refreshed =
        new RefreshTokenRequest(HTTP, JSON, token(), tokens.getRefreshToken())
            .setScopes(scopes("orders.read"))
            .setClientAuthentication(how)
            .execute();

    assertThat(refreshed.getRefreshToken()).isNotEqualTo(tokens.getRefreshToken());
    assertThat(server.orders(refreshed.getAccessToken())).contains("alice");
  }

  private static void assertError(TokenRequest request, String error, String description) {
    TokenResponseException e = refusal(request);

    assertThat(e.getStatusCode()).isEqualTo(400);
    TokenErrorResponse details = e.getDetails();
    assertThat(details.getError()).isEqualTo(error);
    assertThat(details.getErrorDescription()).startsWith(description);
  }

  private static TokenResponseException refusal(TokenRequest request) {
    TokenResponseException e = catchThrowableOfType(TokenResponseException.class, request::execute);
    assertThat(e).isNotNull();
    return e;
  }

  private static TokenRequest clientCredentials(HttpExecuteInterceptor how, HttpTransport http) {
    return new ClientCredentialsTokenRequest(http, JSON, token()).setClientAuthentication(how);
  }

  private static BasicAuthentication basic() {
    return new BasicAuthentication(SampleServer.BASIC, SampleServer.SECRET);
  }

  private static List<String> scopes(String scope) {
    return List.of(scope);
  }

  private static GenericUrl token() {
    return new GenericUrl(server.token());
  }
}
