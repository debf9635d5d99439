package dev.postern.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.it.Browser;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationProvider;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.web.client.HttpClientErrorException;

/** Spring Security's OAuth2 client: encodes Basic credentials as RFC 6749 s2.3.1 says. */
final class SpringIT {
  private static SampleServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SampleServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> everyWay() {
    ClientAuthenticationMethod basic = ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
    ClientAuthenticationMethod post = ClientAuthenticationMethod.CLIENT_SECRET_POST;
    return Stream.of(
        Arguments.of(basic, SampleServer.BASIC, SampleServer.SECRET),
        Arguments.of(post, SampleServer.POST, SampleServer.SECRET),
        Arguments.of(basic, SampleServer.AWKWARD_BASIC, SampleServer.AWKWARD_SECRET),
        Arguments.of(basic, SampleServer.COLON_BASIC, SampleServer.AWKWARD_SECRET),
        Arguments.of(basic, SampleServer.PERCENT_BASIC, SampleServer.AWKWARD_SECRET),
        Arguments.of(post, SampleServer.AWKWARD_POST, SampleServer.AWKWARD_SECRET));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void client_credentials(ClientAuthenticationMethod how, String id, String secret) {
    OAuth2AccessTokenResponse response = clientCredentials(how, id, secret, SampleServer.SCOPE);

    OAuth2AccessToken token = response.getAccessToken();
    assertThat(token.getTokenType()).isEqualTo(OAuth2AccessToken.TokenType.BEARER);
    assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).hasMinutes(10);
    assertThat(response.getRefreshToken()).isNull();
    assertThat(server.orders(token.getTokenValue())).contains(id);
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void code_with_pkce_and_refresh(ClientAuthenticationMethod how, String id, String secret) {
    assertCodeAndRefresh(code(how, id, secret, SampleServer.REDIRECT_URI));
  }

  @Test
  void public_client_with_pkce_and_refresh() {
    assertCodeAndRefresh(
        code(
            ClientAuthenticationMethod.NONE,
            SampleServer.PUBLIC,
            "",
            SampleServer.PUBLIC_REDIRECT_URI));
  }

  @Test
  void a_401_surfaces_with_our_answer_inside() {
    OAuth2AuthorizationException e =
        refusal(
            () ->
                clientCredentials(
                    ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                    SampleServer.BASIC,
                    SampleServer.WRONG,
                    SampleServer.SCOPE));

    // Spring reads an error off an answer of status 400 only.
    assertThat(e.getError().getErrorCode()).isEqualTo("invalid_token_response");
    assertThat(e).hasCauseInstanceOf(HttpClientErrorException.Unauthorized.class);
    HttpClientErrorException cause = (HttpClientErrorException) e.getCause();
    assertThat(cause.getResponseBodyAsString())
        .contains("\"error\":\"invalid_client\"", "\"error_codes\":[2000]");
    assertThat(cause.getResponseHeaders().getFirst("WWW-Authenticate"))
        .isEqualTo("Basic realm=\"token\", charset=\"UTF-8\"");
  }

  @Test
  void invalid_client_by_post() {
    assertError(
        () ->
            clientCredentials(
                ClientAuthenticationMethod.CLIENT_SECRET_POST,
                SampleServer.POST,
                SampleServer.WRONG,
                SampleServer.SCOPE),
        "invalid_client",
        "TOK2000: ");
  }

  @Test
  void invalid_grant() {
    Grant grant =
        code(
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
            SampleServer.BASIC,
            SampleServer.SECRET,
            SampleServer.REDIRECT_URI);
    grant.redeem();

    assertError(grant::redeem, "invalid_grant", "TOK3000: ");
  }

  @Test
  void invalid_scope() {
    assertError(
        () ->
            clientCredentials(
                ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                SampleServer.BASIC,
                SampleServer.SECRET,
                "admin"),
        "invalid_scope",
        "TOK6002: ");
  }

  @Test
  void unauthorized_client() {
    assertError(
        () ->
            clientCredentials(
                ClientAuthenticationMethod.CLIENT_SECRET_POST,
                "shop",
                SampleServer.SECRET,
                SampleServer.SCOPE),
        "unauthorized_client",
        "TOK4001: ");
  }

  @Test
  @DisplayName("an OAuth2 login that knows nothing but the issuer")
  void login_by_metadata() {
    ClientRegistration client =
        ClientRegistrations.fromIssuerLocation(server.issuer().toString())
            .registrationId("postern")
            .clientId(SampleServer.POST)
            .clientSecret(SampleServer.SECRET)
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
            .redirectUri(SampleServer.REDIRECT_URI)
            .scope(SampleServer.SCOPE)
            .build();
    OAuth2AuthorizationRequest.Builder asked =
        OAuth2AuthorizationRequest.authorizationCode()
            .clientId(SampleServer.POST)
            .authorizationUri(client.getProviderDetails().getAuthorizationUri())
            .redirectUri(SampleServer.REDIRECT_URI)
            .scopes(client.getScopes())
            .attributes(of -> of.put("registration_id", "postern"))
            .state("state");
    OAuth2AuthorizationRequestCustomizers.withPkce().accept(asked);
    OAuth2LoginAuthenticationProvider logins =
        new OAuth2LoginAuthenticationProvider(
            new RestClientAuthorizationCodeTokenResponseClient(), SpringIT::reader);

    Authentication user =
        logins.authenticate(
            new OAuth2LoginAuthenticationToken(
                client, new Grant(client, asked.build()).exchange()));

    assertThat(user.isAuthenticated()).isTrue();
    assertThat(user.getName()).contains("alice");
  }

  /** The user is whom the protected resource knows: there is no UserInfo endpoint without OIDC. */
  private static OAuth2User reader(OAuth2UserRequest request) {
    String orders = server.orders(request.getAccessToken().getTokenValue());
    return new DefaultOAuth2User(
        AuthorityUtils.createAuthorityList("ROLE_USER"), Map.of("orders", orders), "orders");
  }

  private static void assertCodeAndRefresh(Grant grant) {
    OAuth2AccessTokenResponse tokens = grant.redeem();
    OAuth2AccessTokenResponse refreshed = grant.refresh(tokens);

    assertThat(refreshed.getRefreshToken().getTokenValue())
        .isNotEqualTo(tokens.getRefreshToken().getTokenValue());
    assertThat(server.orders(refreshed.getAccessToken().getTokenValue())).contains("alice");
  }

  private static void assertError(ThrowingCallable call, String error, String description) {
    OAuth2Error told = refusal(call).getError();

    assertThat(told.getErrorCode()).isEqualTo(error);
    assertThat(told.getDescription()).startsWith(description);
  }

  private static OAuth2AuthorizationException refusal(ThrowingCallable call) {
    OAuth2AuthorizationException e = catchThrowableOfType(OAuth2AuthorizationException.class, call);
    assertThat(e).isNotNull();
    return e;
  }

  private static OAuth2AccessTokenResponse clientCredentials(
      ClientAuthenticationMethod how, String id, String secret, String scope) {
    ClientRegistration client =
        ClientRegistration.withRegistrationId("postern")
            .tokenUri(server.token().toString())
            .clientId(id)
            .clientSecret(secret)
            .clientAuthenticationMethod(how)
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .scope(scope)
            .build();
    return new RestClientClientCredentialsTokenResponseClient()
        .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(client));
  }

  private static Grant code(
      ClientAuthenticationMethod how, String id, String secret, String redirectUri) {
    ClientRegistration client =
        ClientRegistration.withRegistrationId("postern")
            .authorizationUri(server.authorize().toString())
            .tokenUri(server.token().toString())
            .clientId(id)
            .clientSecret(secret)
            .clientAuthenticationMethod(how)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri(redirectUri)
            .scope(SampleServer.SCOPE)
            .build();
    OAuth2AuthorizationRequest.Builder asked =
        OAuth2AuthorizationRequest.authorizationCode()
            .clientId(id)
            .authorizationUri(server.authorize().toString())
            .redirectUri(redirectUri)
            .scopes(client.getScopes())
            .state("a state & more");
    OAuth2AuthorizationRequestCustomizers.withPkce().accept(asked);
    return new Grant(client, asked.build());
  }

  /** A code grant, from the question to the refresh. */
  private record Grant(ClientRegistration client, OAuth2AuthorizationExchange exchange) {
    Grant(ClientRegistration client, OAuth2AuthorizationRequest asked) {
      this(client, new OAuth2AuthorizationExchange(asked, answer(asked)));
    }

    private static OAuth2AuthorizationResponse answer(OAuth2AuthorizationRequest asked) {
      // Spring leaves a plus in a query as it is, which everybody takes for a blank.
      String uri = asked.getAuthorizationRequestUri().replace("+", "%2B");
      Map<String, String> answer = Browser.query(server.approve(uri));
      assertThat(answer).containsEntry("state", asked.getState());
      return OAuth2AuthorizationResponse.success(answer.get("code"))
          .redirectUri(asked.getRedirectUri())
          .state(answer.get("state"))
          .build();
    }

    OAuth2AccessTokenResponse redeem() {
      return new RestClientAuthorizationCodeTokenResponseClient()
          .getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(client, exchange));
    }

    OAuth2AccessTokenResponse refresh(OAuth2AccessTokenResponse tokens) {
      OAuth2RefreshToken token =
          new OAuth2RefreshToken(tokens.getRefreshToken().getTokenValue(), Instant.now());
      return new RestClientRefreshTokenTokenResponseClient()
          .getTokenResponse(
              new OAuth2RefreshTokenGrantRequest(
                  client, tokens.getAccessToken(), token, Set.of(SampleServer.SCOPE)));
    }
  }
}
