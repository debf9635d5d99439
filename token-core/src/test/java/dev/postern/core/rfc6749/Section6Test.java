package dev.postern.core.rfc6749;

import static dev.postern.core.StandardReason.CLIENT_DISABLED;
import static dev.postern.core.StandardReason.GRANT_TYPE_NOT_REGISTERED;
import static dev.postern.core.StandardReason.PARAMETER_REPEATED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_EXPIRED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_REVOKED;
import static dev.postern.core.StandardReason.REFRESH_TOKEN_UNKNOWN;
import static dev.postern.core.StandardReason.SCOPE_MALFORMED;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.assertClientRefused;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Answers.scope;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.APP;
import static dev.postern.core.testing.TestClients.RIVAL;
import static dev.postern.core.testing.TestClients.RIVAL_SECRET;
import static dev.postern.core.testing.TestClients.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Client;
import dev.postern.core.ClientRegistry;
import dev.postern.core.ClientSecret;
import dev.postern.core.Scope;
import dev.postern.core.TokenResult;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.SettableClock;
import dev.postern.core.testing.TestClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6749-6")
@DisplayName("RFC 6749 s6: refreshing an access token")
class Section6Test {
  private static final String EXCEEDS = "TOK6002: the scope exceeds what is allowed: scope";

  private final Endpoint endpoint = Endpoint.standard();

  private String first() {
    return refreshToken(Codes.redeem(endpoint, endpoint.code(Codes.ofShop())));
  }

  private TokenResult refresh(String token, String... more) {
    return Codes.refresh(endpoint, token, more);
  }

  @Test
  @DisplayName("If valid and authorized, the authorization server issues an access token")
  void refresh() {
    TokenResult.Issued answer = assertIssued(refresh(first()));

    assertThat(answer.subject()).isEqualTo("alice");
    assertThat(answer.tokens().scope()).isEqualTo(Scope.of("profile orders.read orders.write"));
    assertThat(answer.tokens().type()).isEqualTo("Bearer");
    assertThat(answer.tokens().expiresIn()).isEqualTo(Duration.ofMinutes(10));
    assertThat(answer.isRepeated()).isFalse();
    assertThat(endpoint.server().find(accessToken(answer)).orElseThrow().subject())
        .isEqualTo("alice");
  }

  @Test
  void refresh_leaves_the_earlier_access_token_alone() {
    TokenResult issued = Codes.redeem(endpoint, endpoint.code(Codes.ofShop()));
    refresh(refreshToken(issued));

    assertThat(endpoint.server().find(accessToken(issued))).isPresent();
  }

  @Test
  @DisplayName(
      "The authorization server MAY issue a new refresh token, in which case the client MUST discard"
          + " the old refresh token and replace it with the new refresh token.")
  void rotation() {
    String first = first();
    String second = refreshToken(refresh(first));
    String third = refreshToken(refresh(second));

    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    assertThat(second).matches("[A-Za-z0-9_-]{65}");
    assertIssued(refresh(third));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "0123456789012345678901234567890123456789012",
        "01234567890123456789012345678901234567890123456789012345678901234",
        "\u00FC"
      })
  void unknown_refresh_token(String token) {
    assertGrantRefused(refresh(token), REFRESH_TOKEN_UNKNOWN);
  }

  @Test
  void refresh_token_of_another_length() {
    String token = first();

    assertGrantRefused(refresh(token + "A"), REFRESH_TOKEN_UNKNOWN);
    assertGrantRefused(refresh(token.substring(1)), REFRESH_TOKEN_UNKNOWN);
    String other = token.startsWith("A") ? "B" : "A";
    assertGrantRefused(refresh(other + token.substring(1)), REFRESH_TOKEN_UNKNOWN);
    assertIssued(refresh(token));
  }

  @Test
  void repeated_parameter() {
    String token = first();

    assertRefused(
        refresh(token, "refresh_token", token),
        PARAMETER_REPEATED,
        "invalid_request",
        "TOK1003: a parameter is repeated: refresh_token");
    assertIssued(refresh(token));
  }

  @Test
  @DisplayName(
      "the authorization server MUST ... validate the refresh token was issued to the authenticated"
          + " client")
  void refresh_token_of_another_client() {
    String token = first();

    assertGrantRefused(
        endpoint.handle(basic(RIVAL, RIVAL_SECRET), Forms.refresh(token)),
        REFRESH_TOKEN_OF_OTHER_CLIENT);
    assertGrantRefused(
        endpoint.handle(NO_HEADER, Forms.refresh(token, "client_id", APP)),
        REFRESH_TOKEN_OF_OTHER_CLIENT);
    assertClientRefused(
        endpoint.handle(basic(SHOP, "guess"), Forms.refresh(token)), SECRET_MISMATCH);
    assertIssued(refresh(token));
  }

  @Test
  void spent_refresh_token_in_other_hands_changes_nothing() {
    String spent = first();
    TokenResult issued = refresh(spent);

    assertGrantRefused(
        endpoint.handle(basic(RIVAL, RIVAL_SECRET), Forms.refresh(spent)),
        REFRESH_TOKEN_OF_OTHER_CLIENT);
    assertGrantRefused(
        endpoint.handle(NO_HEADER, Forms.refresh(spent, "client_id", APP)),
        REFRESH_TOKEN_OF_OTHER_CLIENT);
    assertThat(endpoint.server().find(accessToken(issued))).isPresent();
    assertIssued(refresh(refreshToken(issued)));
  }

  // Scope

  @ParameterizedTest
  @CsvSource({
    "profile, profile, false",
    "orders.write profile, orders.write profile, false",
    "orders.write orders.read profile, profile orders.read orders.write, false",
    "profile profile, profile, false",
    "'', profile orders.read orders.write, true"
  })
  @DisplayName(
      "scope: ... if omitted is treated as equal to the scope originally granted by the resource"
          + " owner")
  void scope_within_the_grant(String asked, String issued, boolean isTold) {
    TokenResult.Issued answer = assertIssued(refresh(first(), "scope", asked));

    assertThat(answer.tokens().scope()).isEqualTo(Scope.of(issued));
    assertThat(answer.isScopeTold()).isEqualTo(isTold);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"admin", "profile admin", "profile orders.read orders.write admin", "orders"})
  @DisplayName(
      "The requested scope MUST NOT include any scope not originally granted by the resource owner")
  void wider_scope(String asked) {
    String token = first();

    assertRefused(refresh(token, "scope", asked), SCOPE_NOT_ALLOWED, "invalid_scope", EXCEEDS);
    assertIssued(refresh(token));
  }

  @Test
  void scope_that_the_client_has_but_the_user_did_not_grant() {
    String token =
        refreshToken(Codes.redeem(endpoint, endpoint.code(Codes.ofShop().scope("profile"))));

    assertRefused(
        refresh(token, "scope", "orders.read"), SCOPE_NOT_ALLOWED, "invalid_scope", EXCEEDS);
    assertThat(scope(refresh(token))).isEqualTo("profile");
  }

  @Test
  void malformed_scope() {
    String token = first();

    assertRefused(
        refresh(token, "scope", "profile  orders.read"),
        SCOPE_MALFORMED,
        "invalid_scope",
        "TOK6001: the scope is not a list of words with one space between them: scope");
    assertIssued(refresh(token));
  }

  @Test
  @DisplayName(
      "If a new refresh token is issued, the refresh token scope MUST be identical to that of the"
          + " refresh token included by the client in the request.")
  void narrowing_does_not_shrink_the_refresh_token() {
    TokenResult narrow = refresh(first(), "scope", "profile");
    TokenResult wide = refresh(refreshToken(narrow));

    assertThat(scope(wide)).isEqualTo("profile orders.read orders.write");
    assertThat(endpoint.server().find(accessToken(narrow)).orElseThrow().scope())
        .isEqualTo(Scope.of("profile"));
  }

  // What the operator changed meanwhile

  /** A registry in which the shop can be registered anew. */
  private static final class Changing implements ClientRegistry {
    private final AtomicReference<Client> shop;

    Changing(Client client) {
      this.shop = new AtomicReference<>(client);
    }

    @Override
    public Optional<Client> find(String clientId) {
      return Optional.of(shop.get()).filter(client -> client.id().equals(clientId));
    }

    @Override
    public List<ClientSecret> decoysFor(String clientId) {
      return shop.get().secrets();
    }
  }

  private static Client shopWith(String scope, String... grantTypes) {
    return Client.withId(SHOP)
        .secret(TestClients.secret(TestClients.SHOP_SECRET))
        .grantTypes(grantTypes)
        .redirectUris(TestClients.SHOP_URI)
        .scope(Scope.of(scope))
        .build();
  }

  @Test
  void scope_that_the_client_has_lost() {
    Changing registry = new Changing(TestClients.shop().build());
    Endpoint at = Endpoint.builder().registry(registry).build();
    String token = refreshToken(Codes.redeem(at, at.code(Codes.ofShop())));
    registry.shop.set(shopWith("profile admin", "authorization_code", "refresh_token"));

    assertRefused(
        Codes.refresh(at, token, "scope", "orders.read"),
        SCOPE_NOT_ALLOWED,
        "invalid_scope",
        EXCEEDS);
    assertRefused(
        Codes.refresh(at, token, "scope", "admin"), SCOPE_NOT_ALLOWED, "invalid_scope", EXCEEDS);
    TokenResult.Issued narrowed = assertIssued(Codes.refresh(at, token));
    assertThat(narrowed.tokens().scope()).isEqualTo(Scope.of("profile"));
    assertThat(narrowed.isScopeTold()).isTrue();

    // What comes back is there again: the grant itself has not shrunk.
    registry.shop.set(TestClients.shop().build());
    assertThat(scope(Codes.refresh(at, refreshToken(narrowed))))
        .isEqualTo("profile orders.read orders.write");
  }

  @Test
  void grant_type_that_the_client_has_lost() {
    Changing registry = new Changing(TestClients.shop().build());
    Endpoint at = Endpoint.builder().registry(registry).build();
    String token = refreshToken(Codes.redeem(at, at.code(Codes.ofShop())));
    registry.shop.set(shopWith("profile", "authorization_code"));

    assertRefused(
        Codes.refresh(at, token),
        GRANT_TYPE_NOT_REGISTERED,
        "unauthorized_client",
        "TOK4001: the client is not registered for this grant type");
  }

  @Test
  void disabled_client() {
    Changing registry = new Changing(TestClients.shop().build());
    Endpoint at = Endpoint.builder().registry(registry).build();
    String token = refreshToken(Codes.redeem(at, at.code(Codes.ofShop())));
    registry.shop.set(TestClients.shop().disabled(true).build());

    assertClientRefused(Codes.refresh(at, token), CLIENT_DISABLED);

    registry.shop.set(TestClients.shop().build());
    assertIssued(Codes.refresh(at, token));
  }

  // Life

  @Test
  @DisplayName(
      "a refresh token ends when it was not used for its lifetime; that instant is too late")
  void expiry() {
    String early = first();
    String late = first();

    endpoint.clock().advance(Duration.ofDays(30).minusMillis(1));
    assertIssued(refresh(early));
    endpoint.clock().advance(Duration.ofMillis(1));
    assertGrantRefused(refresh(late), REFRESH_TOKEN_EXPIRED);
    endpoint.clock().advance(Duration.ofSeconds(9));
    assertThat(assertGrantRefused(refresh(late), REFRESH_TOKEN_EXPIRED).refusal().detail())
        .isEqualTo("9 s ago");
  }

  @Test
  @DisplayName("its life slides with each use, up to the cap of its family")
  void sliding_up_to_the_cap() {
    String token = first();
    for (int day = 29; day < 180; day += 29) {
      endpoint.clock().advance(Duration.ofDays(29));
      token = refreshToken(refresh(token));
    }
    endpoint.clock().set(SettableClock.START.plus(Duration.ofDays(180)).minusMillis(1));
    token = refreshToken(refresh(token));
    endpoint.clock().advance(Duration.ofMillis(1));

    assertGrantRefused(refresh(token), REFRESH_TOKEN_EXPIRED);
  }

  @Test
  void expired_refresh_token_is_forgotten_in_time() {
    String token = first();
    endpoint.clock().advance(Duration.ofDays(30).plusMinutes(20));
    first();

    assertGrantRefused(refresh(token), REFRESH_TOKEN_UNKNOWN);
  }

  @Test
  void revoked() {
    String token = first();
    endpoint.server().revokeToken(token);

    assertGrantRefused(refresh(token), REFRESH_TOKEN_REVOKED);
    assertGrantRefused(refresh(token), REFRESH_TOKEN_REVOKED);
  }
}
