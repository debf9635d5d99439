package dev.postern.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.oauth2.sdk.token.Tokens;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Nimbus SDK: encodes Basic credentials as RFC 6749 s2.3.1 says. */
final class NimbusIT {
  private static SampleServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SampleServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<ClientAuthentication> everyWay() {
    Secret secret = new Secret(SampleServer.SECRET);
    Secret awkward = new Secret(SampleServer.AWKWARD_SECRET);
    return Stream.of(
        new ClientSecretBasic(new ClientID(SampleServer.BASIC), secret),
        new ClientSecretPost(new ClientID(SampleServer.POST), secret),
        new ClientSecretBasic(new ClientID(SampleServer.AWKWARD_BASIC), awkward),
        new ClientSecretBasic(new ClientID(SampleServer.COLON_BASIC), awkward),
        new ClientSecretBasic(new ClientID(SampleServer.PERCENT_BASIC), awkward),
        new ClientSecretPost(new ClientID(SampleServer.AWKWARD_POST), awkward));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void client_credentials(ClientAuthentication client) throws Exception {
    Tokens tokens =
        issued(
            new TokenRequest.Builder(server.token(), client, new ClientCredentialsGrant())
                .scope(new Scope(SampleServer.SCOPE))
                .build());

    assertThat(tokens.getAccessToken().getType()).isEqualTo(AccessTokenType.BEARER);
    assertThat(tokens.getAccessToken().getLifetime()).isEqualTo(600);
    assertThat(tokens.getRefreshToken()).isNull();
    assertThat(server.orders(tokens.getAccessToken().getValue()))
        .contains(client.getClientID().getValue());
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void code_with_pkce_and_refresh(ClientAuthentication client) throws Exception {
    CodeVerifier verifier = new CodeVerifier();
    AuthorizationGrant code =
        code(client.getClientID(), SampleServer.REDIRECT_URI, verifier, "orders.read orders.write");

    Tokens tokens = issued(new TokenRequest.Builder(server.token(), client, code).build());
    Tokens refreshed =
        issued(
            new TokenRequest.Builder(
                    server.token(), client, new RefreshTokenGrant(tokens.getRefreshToken()))
                .scope(new Scope(SampleServer.SCOPE))
                .build());

    assertThat(tokens.getAccessToken().getScope()).hasToString("orders.read orders.write");
    assertThat(refreshed.getRefreshToken()).isNotEqualTo(tokens.getRefreshToken());
    assertThat(server.orders(refreshed.getAccessToken().getValue())).contains("alice");
  }

  @Test
  void public_client_with_pkce_and_refresh() throws Exception {
    ClientID client = new ClientID(SampleServer.PUBLIC);
    AuthorizationGrant code =
        code(client, SampleServer.PUBLIC_REDIRECT_URI, new CodeVerifier(), SampleServer.SCOPE);

    Tokens tokens = issued(new TokenRequest.Builder(server.token(), client, code).build());
    Tokens refreshed =
        issued(
            new TokenRequest.Builder(
                    server.token(), client, new RefreshTokenGrant(tokens.getRefreshToken()))
                .build());

    assertThat(server.orders(refreshed.getAccessToken().getValue())).contains("alice");
  }

  @Test
  void introspection_and_revocation() throws Exception {
    ClientAuthentication client = basic();
    AuthorizationGrant code =
        code(client.getClientID(), SampleServer.REDIRECT_URI, new CodeVerifier(), "orders.read");
    Tokens tokens = issued(new TokenRequest.Builder(server.token(), client, code).build());

    TokenIntrospectionSuccessResponse access = introspected(tokens.getAccessToken());
    TokenIntrospectionSuccessResponse refresh = introspected(tokens.getRefreshToken());
    TokenRevocationRequest revocation =
        new TokenRevocationRequest(server.oauth("revoke"), client, tokens.getRefreshToken());
    int revoked = revocation.toHTTPRequest().send().getStatusCode();

    assertThat(access.isActive()).isTrue();
    assertThat(access.getScope()).hasToString("orders.read");
    assertThat(access.getClientID()).isEqualTo(client.getClientID());
    assertThat(access.getUsername()).isEqualTo("alice");
    assertThat(access.getSubject().getValue()).isEqualTo("alice");
    assertThat(access.getTokenType()).isEqualTo(AccessTokenType.BEARER);
    assertThat(access.getExpirationTime()).isInTheFuture();
    assertThat(access.getIssuer().getValue()).isEqualTo(server.issuer().toString());
    assertThat(refresh.isActive()).isTrue();
    assertThat(refresh.getTokenType()).isNull();
    assertThat(revoked).isEqualTo(200);
    assertThat(introspected(tokens.getAccessToken()).isActive()).isFalse();
    assertThat(introspected(tokens.getRefreshToken()).isActive()).isFalse();
  }

  private static TokenIntrospectionSuccessResponse introspected(Token token) throws Exception {
    ClientAuthentication api =
        new ClientSecretBasic(new ClientID(SampleServer.API), new Secret(SampleServer.SECRET));
    TokenIntrospectionRequest request =
        new TokenIntrospectionRequest(server.oauth("introspect"), api, token);
    return TokenIntrospectionResponse.parse(request.toHTTPRequest().send()).toSuccessResponse();
  }

  @Test
  void metadata() throws Exception {
    HTTPRequest request =
        new HTTPRequest(
            HTTPRequest.Method.GET, server.oauth(".well-known/oauth-authorization-server"));

    AuthorizationServerMetadata metadata =
        AuthorizationServerMetadata.parse(request.send().getBody());

    assertThat(metadata.getIssuer().getValue()).isEqualTo(server.issuer().toString());
    assertThat(metadata.getTokenEndpointURI()).hasToString(server.oauth("token").toString());
    assertThat(metadata.getIntrospectionEndpointURI())
        .hasToString(server.oauth("introspect").toString());
    assertThat(metadata.getRevocationEndpointURI()).hasToString(server.oauth("revoke").toString());
    assertThat(metadata.getCodeChallengeMethods()).containsExactly(CodeChallengeMethod.S256);
  }

  @Test
  void invalid_client_by_basic() throws Exception {
    ErrorObject error =
        refused(
            request(
                new ClientSecretBasic(
                    new ClientID(SampleServer.BASIC), new Secret(SampleServer.WRONG)),
                new ClientCredentialsGrant()));

    assertThat(error).isEqualTo(OAuth2Error.INVALID_CLIENT);
    assertThat(error.getHTTPStatusCode()).isEqualTo(401);
    assertThat(error.getDescription()).startsWith("TOK2000: ");
    assertThat(error.getCustomParams()).containsKeys("trace_id", "correlation_id", "timestamp");
  }

  @Test
  void invalid_client_by_post() throws Exception {
    ErrorObject error =
        refused(
            request(
                new ClientSecretPost(
                    new ClientID(SampleServer.POST), new Secret(SampleServer.WRONG)),
                new ClientCredentialsGrant()));

    assertThat(error).isEqualTo(OAuth2Error.INVALID_CLIENT);
    assertThat(error.getHTTPStatusCode()).isEqualTo(400);
  }

  @Test
  void invalid_grant() throws Exception {
    ErrorObject error =
        refused(
            request(
                basic(),
                new AuthorizationCodeGrant(
                    new AuthorizationCode("no-such-code"),
                    URI.create(SampleServer.REDIRECT_URI),
                    new CodeVerifier())));

    assertThat(error).isEqualTo(OAuth2Error.INVALID_GRANT);
    assertThat(error.getHTTPStatusCode()).isEqualTo(400);
    assertThat(error.getDescription()).startsWith("TOK3000: ");
  }

  @Test
  void invalid_request() throws Exception {
    AuthorizationCode code = new AuthorizationCode(server.codeWithoutChallenge(SampleServer.BASIC));
    ErrorObject error =
        refused(
            request(
                basic(),
                new AuthorizationCodeGrant(
                    code, URI.create(SampleServer.REDIRECT_URI), new CodeVerifier())));

    assertThat(error).isEqualTo(OAuth2Error.INVALID_REQUEST);
    assertThat(error.getDescription()).startsWith("TOK1040: ");
  }

  @Test
  void invalid_scope() throws Exception {
    ErrorObject error =
        refused(
            new TokenRequest.Builder(server.token(), basic(), new ClientCredentialsGrant())
                .scope(new Scope("admin"))
                .build());

    assertThat(error).isEqualTo(OAuth2Error.INVALID_SCOPE);
    assertThat(error.getDescription()).startsWith("TOK6002: ");
  }

  @Test
  void unauthorized_client() throws Exception {
    ErrorObject error =
        refused(
            new TokenRequest.Builder(
                    server.token(),
                    new ClientSecretPost(new ClientID("shop"), new Secret(SampleServer.SECRET)),
                    new ClientCredentialsGrant())
                .build());

    assertThat(error).isEqualTo(OAuth2Error.UNAUTHORIZED_CLIENT);
    assertThat(error.getDescription()).startsWith("TOK4001: ");
  }

  @Test
  void unsupported_grant_type() throws Exception {
    ErrorObject error =
        refused(
            request(
                basic(),
                new ResourceOwnerPasswordCredentialsGrant("alice", new Secret("wonderland"))));

    assertThat(error).isEqualTo(OAuth2Error.UNSUPPORTED_GRANT_TYPE);
    assertThat(error.getDescription()).startsWith("TOK5001: ");
  }

  private static ClientAuthentication basic() {
    return new ClientSecretBasic(new ClientID(SampleServer.BASIC), new Secret(SampleServer.SECRET));
  }

  private static AuthorizationGrant code(
      ClientID client, String redirectUri, CodeVerifier verifier, String scope) throws Exception {
    State state = new State("a state & more");
    URI asked =
        new AuthorizationRequest.Builder(ResponseType.CODE, client)
            .endpointURI(server.authorize())
            .redirectionURI(URI.create(redirectUri))
            .scope(Scope.parse(scope))
            .state(state)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .build()
            .toURI();
    AuthorizationResponse answer =
        AuthorizationResponse.parse(URI.create(server.approve(asked.toString())));
    assertThat(answer.getState()).isEqualTo(state);
    return new AuthorizationCodeGrant(
        answer.toSuccessResponse().getAuthorizationCode(), URI.create(redirectUri), verifier);
  }

  private static TokenRequest request(ClientAuthentication client, AuthorizationGrant grant) {
    return new TokenRequest.Builder(server.token(), client, grant).build();
  }

  private static Tokens issued(TokenRequest request) throws Exception {
    TokenResponse response = TokenResponse.parse(request.toHTTPRequest().send());
    assertThat(response).isInstanceOf(AccessTokenResponse.class);
    return response.toSuccessResponse().getTokens();
  }

  private static ErrorObject refused(TokenRequest request) throws Exception {
    TokenResponse response = TokenResponse.parse(request.toHTTPRequest().send());
    assertThat(response.indicatesSuccess()).isFalse();
    return response.toErrorResponse().getErrorObject();
  }
}
