package dev.postern.core.rfc6749;

import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AccessToken;
import dev.postern.core.Client;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.StoredAccessToken;
import dev.postern.core.TokenResult;
import dev.postern.core.memory.MemoryStore;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.TestClients;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Rfc("RFC6749-4.4")
@DisplayName("RFC 6749 s4.4: client credentials grant")
class Section4_4Test {
  private final Endpoint endpoint = Endpoint.standard();

  private TokenResult ask(Endpoint at) {
    return at.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials());
  }

  @Test
  @DisplayName("s4.4.3: the authorization server issues an access token")
  void token() {
    TokenResult.Issued answer = assertIssued(ask(endpoint));

    assertThat(answer.tokens().type()).isEqualTo("Bearer");
    assertThat(answer.tokens().expiresIn()).isEqualTo(Duration.ofMinutes(10));
    assertThat(answer.tokens().members()).isEmpty();
    assertThat(answer.subject()).isEqualTo(BATCH);
    assertThat(answer.grantType()).isEqualTo("client_credentials");
    assertThat(answer.isRepeated()).isFalse();
    assertThat(endpoint.server().find(accessToken(answer)))
        .contains(
            new StoredAccessToken(
                BATCH, BATCH, Scope.of("orders.read orders.write"), Duration.ofMinutes(10)));
  }

  @Test
  @DisplayName("s4.4.3: A refresh token SHOULD NOT be included.")
  void no_refresh_token_even_for_a_client_that_may_refresh() {
    Endpoint at = Endpoint.of(TestClients.batch().grantTypes("refresh_token").build());

    assertThat(assertIssued(ask(at)).tokens().refreshToken()).isEmpty();
  }

  @Test
  @Rfc("RFC6749-10.10")
  @DisplayName("s10.10: tokens carry 256 bits of chance")
  void tokens_differ() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String token = accessToken(ask(endpoint));
      assertThat(token).matches("[A-Za-z0-9_-]{43}");
      seen.add(token);
    }

    assertThat(seen).hasSize(1_000);
  }

  @Test
  @DisplayName("The client credentials grant type MUST only be used by confidential clients.")
  void public_clients_cannot_be_registered_for_it() {
    assertThat(
            Client.withId("app")
                .authenticationMethod("none")
                .grantTypes("client_credentials")
                .problems())
        .containsExactly("client_credentials needs a token_endpoint_auth_method other than none");
  }

  @Test
  void a_token_that_speaks_for_itself_needs_no_store() {
    MemoryStore[] memory = new MemoryStore[1];
    Endpoint at =
        Endpoint.builder()
            .issuer((grant, lifetime) -> new AccessToken(Secret.of("jwt"), "Bearer", false))
            .store(
                store -> {
                  memory[0] = (MemoryStore) store;
                  return store;
                })
            .build();

    assertThat(accessToken(ask(at))).isEqualTo("jwt");
    assertThat(memory[0].size()).isZero();
    assertThat(at.server().find("jwt")).isEqualTo(Optional.empty());
  }
}
