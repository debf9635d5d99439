package dev.postern.core;

import static dev.postern.core.StandardReason.CLIENT_UNKNOWN;
import static dev.postern.core.StandardReason.HASH_PRESENTED;
import static dev.postern.core.StandardReason.METHOD_MISMATCH;
import static dev.postern.core.StandardReason.SCOPE_IN_OTHER_CASE;
import static dev.postern.core.StandardReason.SCOPE_NOT_ALLOWED;
import static dev.postern.core.StandardReason.SCOPE_OF_OTHER_CLIENT;
import static dev.postern.core.StandardReason.SECRET_ENCODED_TWICE;
import static dev.postern.core.StandardReason.SECRET_EXPIRED;
import static dev.postern.core.StandardReason.SECRET_MISMATCH;
import static dev.postern.core.StandardReason.SECRET_NOT_ENCODED;
import static dev.postern.core.StandardReason.SECRET_WITH_WHITE_SPACE;
import static dev.postern.core.testing.Answers.assertClientRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Forms.NO_HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.memory.MemoryClients;
import dev.postern.core.testing.CountedHash;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import dev.postern.core.testing.SettableClock;
import dev.postern.core.testing.TestClients;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Issue 4: near misses, found without more hashes for a known client than for another")
@Rfc("RFC6749-5.2")
class NearMissTest {
  private static final String SECRET = "a+b/c-d%e";
  private static final String SCOPE_TOLD = "TOK6002: the scope exceeds what is allowed: scope";

  private final AtomicInteger hashes = new AtomicInteger();

  private Client client(String id, SecretHash hash) {
    return Client.withId(id)
        .authenticationMethod("client_secret_post")
        .secret(TestClients.secret(hash))
        .grantTypes("client_credentials")
        .scope(Scope.of("orders.read"))
        .build();
  }

  private Endpoint endpoint() {
    return Endpoint.of(client("c", CountedHash.generated(SECRET, hashes)));
  }

  private static TokenResult post(Endpoint at, String id, String secret) {
    return at.handle(NO_HEADER, Forms.clientCredentials("client_id", id, "client_secret", secret));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a+b/c-d%e |SECRET_WITH_WHITE_SPACE|white space at the end",
        " a+b/c-d%e|SECRET_WITH_WHITE_SPACE|white space at the beginning",
        "  a+b/c-d%e   |SECRET_WITH_WHITE_SPACE|white space at both ends",
        "a+b/c-d%e\u00A0|SECRET_WITH_WHITE_SPACE|white space at the end",
        "\uFEFFa+b/c-d%e|SECRET_WITH_WHITE_SPACE|white space at the beginning",
        "a%2Bb%2Fc-d%25e|SECRET_ENCODED_TWICE|right when it is form-decoded once more",
        "a%2bb/c-d%25e|SECRET_ENCODED_TWICE|right when it is form-decoded once more",
        "a b/c-d%e|SECRET_NOT_ENCODED|a plus sign that was not encoded stands for a blank"
      })
  void the_secret_is_right_but_for_how_it_was_sent(
      String sent, StandardReason cause, String detail) {
    TokenResult.Refused refused = assertClientRefused(post(endpoint(), "c", sent), cause);

    assertThat(refused.refusal().detail()).isEqualTo(detail).doesNotContain(sent.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"guess", "guess ", "gue%73s", "a b", "a+b/c-d", " ", "%", "+", "%zz "})
  void another_secret_stays_another(String sent) {
    assertThat(assertClientRefused(post(endpoint(), "c", sent), SECRET_MISMATCH).refusal().detail())
        .isEmpty();
  }

  @Test
  void a_retired_secret_with_white_space_is_told_as_both() {
    Instant end = SettableClock.START;
    Client client =
        Client.withId("c")
            .secret(
                new ClientSecret(CountedHash.generated("old", hashes), Optional.of(end), "2025"))
            .grantTypes("client_credentials")
            .build();
    Endpoint at = Endpoint.of(client);

    assertThat(
            assertClientRefused(
                    at.handle(Forms.basic("c", "old "), Forms.clientCredentials()),
                    SECRET_WITH_WHITE_SPACE)
                .refusal()
                .detail())
        .isEqualTo("white space at the end; and it has expired");
    assertThat(
            assertClientRefused(
                    at.handle(Forms.basic("c", "old"), Forms.clientCredentials()), SECRET_EXPIRED)
                .refusal()
                .detail())
        .isEqualTo("since " + end + ", the one named 2025");
  }

  @Test
  @DisplayName("Basic with one half encoded: the raw id with the decoded secret")
  void one_half_of_basic_is_encoded() {
    Endpoint at =
        Endpoint.of(
            Client.withId("a+b")
                .secret(TestClients.secret("s/t"))
                .grantTypes("client_credentials")
                .build());
    AuthorizationHeader header = Forms.basic("a b", "s/t", "a+b", "s%2Ft");

    assertThat(
            assertClientRefused(at.handle(header, Forms.clientCredentials()), SECRET_NOT_ENCODED)
                .refusal()
                .detail())
        .isEqualTo("one of id and secret was form-encoded, the other was not");
  }

  @Test
  void basic_that_was_encoded_twice() {
    Endpoint at = Endpoint.of(TestClients.batch().secret(TestClients.secret("s/t")).build());

    assertClientRefused(
        at.handle(
            Forms.basic(TestClients.BATCH, "s%2Ft", TestClients.BATCH, "s%252Ft"),
            Forms.clientCredentials()),
        SECRET_ENCODED_TWICE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "guess|1",
        "|1",
        "$counted$a+b/c-d%e|1",
        "a+b/c-d%e |3",
        " guess|3",
        "gue%73s|2",
        " %41 + %42 |3",
        " |2",
        "%zz|1"
      })
  @DisplayName("C7: known and unknown ids cost the same number of hashes, at most two more")
  void hashes_depend_on_what_was_presented_alone(String sent, int expected) {
    String secret = sent == null ? "" : sent;
    Endpoint at =
        Endpoint.of(
            client("c", CountedHash.generated(SECRET, hashes)),
            client("d", CountedHash.generated("another", hashes)),
            Client.withId("public")
                .authenticationMethod(Client.PUBLIC)
                .grantTypes("authorization_code")
                .redirectUris("https://x.example/cb")
                .build());

    for (String id : List.of("c", "d", "public", "nobody", "unknown", "x")) {
      hashes.set(0);
      TokenResult refused = at.handle(Forms.basic(id, secret), Forms.clientCredentials());
      assertThat(((TokenResult.Refused) refused).refusal().reason().face())
          .isEqualTo(StandardReason.CLIENT_REFUSED);
      assertThat(hashes).as(id).hasValue(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b | s/t    | a+b | s%2Ft     | 4",
        "a b | guess  | a+b | guess     | 2",
        "a b | ' x'   | a+b | ' x'      | 4",
        "a+b | s%2Ft  | a%2Bb | s%252Ft | 4",
        "x   | ' %41' | x   | ' %2541'  | 4"
      })
  @DisplayName("C7: whichever reading names a client, or none does")
  void hashes_of_readings(String id, String secret, String rawId, String rawSecret, int expected) {
    AuthorizationHeader header = Forms.basic(id, secret, rawId, rawSecret);
    for (String known : List.of(id, rawId, "elsewhere")) {
      hashes.set(0);
      Endpoint.of(client(known, CountedHash.generated("another", hashes)))
          .handle(header, Forms.clientCredentials());
      assertThat(hashes).as("with " + known).hasValue(expected);
    }
  }

  @Test
  void what_is_right_costs_no_further_hash() {
    String right = " odd secret+%41 ";
    Endpoint at = Endpoint.of(client("c", CountedHash.generated(right, hashes)));

    assertIssued(post(at, "c", right));
    assertThat(hashes).hasValue(1);
  }

  @Test
  void slow_hashes_are_not_computed_once_more() {
    Endpoint at = Endpoint.of(client("c", CountedHash.chosen("right", hashes)));

    for (String id : List.of("c", "nobody")) {
      hashes.set(0);
      post(at, id, "right ");
      assertThat(hashes).as(id).hasValue(1);
    }
    assertClientRefused(post(at, "c", "right "), SECRET_MISMATCH);
  }

  @Test
  void who_is_not_known_or_has_no_secret_comes_near_nothing() {
    Endpoint at =
        Endpoint.of(
            client("c", CountedHash.generated("right", hashes)),
            Client.withId("public")
                .authenticationMethod(Client.PUBLIC)
                .grantTypes("authorization_code")
                .redirectUris("https://x.example/cb")
                .build());

    // Not even to the secret that stands in for theirs.
    assertClientRefused(post(at, "nobody", "right "), CLIENT_UNKNOWN);
    assertClientRefused(post(at, "public", "right "), METHOD_MISMATCH);
    assertClientRefused(post(at, "c", "$counted$right"), HASH_PRESENTED);
  }

  // Scope

  private static final class Asked implements ClientRegistry {
    private final ClientRegistry clients;
    private final AtomicInteger asked;
    private boolean isAway;

    Asked(AtomicInteger asked, Client... clients) {
      this.clients = new MemoryClients(List.of(clients), 1);
      this.asked = asked;
    }

    @Override
    public Optional<Client> find(String clientId) {
      return clients.find(clientId);
    }

    @Override
    public List<ClientSecret> decoysFor(String clientId) {
      return clients.decoysFor(clientId);
    }

    @Override
    public boolean isScopeRegistered(String scopeToken) {
      asked.incrementAndGet();
      if (isAway) {
        throw new UnavailableException(StandardReason.CLIENTS_UNAVAILABLE, "away");
      }
      return clients.isScopeRegistered(scopeToken);
    }
  }

  private final AtomicInteger asked = new AtomicInteger();
  private final Asked registry =
      new Asked(
          asked,
          TestClients.batch().build(),
          TestClients.shop().scope(Scope.of("profile Admin")).build());
  private final Endpoint scoped = Endpoint.builder().registry(registry).build();

  private TokenResult batch(String scope) {
    return scoped.handle(
        Forms.basic(TestClients.BATCH, TestClients.BATCH_SECRET),
        Forms.clientCredentials("scope", scope));
  }

  @ParameterizedTest
  @CsvSource({
    "Orders.Read, SCOPE_IN_OTHER_CASE, the client has orders.read",
    "profile ORDERS.WRITE, SCOPE_IN_OTHER_CASE, the client has orders.write",
    "orders.read profile, SCOPE_OF_OTHER_CLIENT, other clients have profile",
    "nothing Admin, SCOPE_OF_OTHER_CLIENT, other clients have Admin",
    "'orders.write,orders.read', SCOPE_NOT_ALLOWED,"
        + " 'commas where spaces belong: orders.write,orders.read'",
    "'orders.write, orders.read', SCOPE_NOT_ALLOWED, 'commas where spaces belong: orders.write,'",
    "'orders.read,kX7-a-secret', SCOPE_NOT_ALLOWED, ''",
    "admin, SCOPE_NOT_ALLOWED, ''",
    "kX7-a-secret-that-got-here, SCOPE_NOT_ALLOWED, ''"
  })
  void a_scope_that_the_client_has_not(String scope, StandardReason cause, String detail) {
    TokenResult.Refused refused = assertRefused(batch(scope), cause, "invalid_scope", SCOPE_TOLD);

    assertThat(cause).isIn(SCOPE_IN_OTHER_CASE, SCOPE_OF_OTHER_CLIENT, SCOPE_NOT_ALLOWED);
    assertThat(refused.refusal().detail()).isEqualTo(detail);
    assertThat(refused.refusal().subject()).isEqualTo("scope");
  }

  @Test
  void whose_a_scope_is_is_asked_only_after_a_refusal() {
    assertIssued(batch("orders.read"));
    assertIssued(batch("orders.write orders.read"));
    scoped.handle(Forms.basic("nobody", "x"), Forms.clientCredentials("scope", "profile"));
    scoped.handle(
        Forms.basic(TestClients.BATCH, "guess"), Forms.clientCredentials("scope", "profile"));
    assertThat(asked).hasValue(0);
  }

  @Test
  void a_registry_that_is_away_changes_no_refusal() {
    registry.isAway = true;

    assertRefused(batch("profile"), SCOPE_NOT_ALLOWED, "invalid_scope", SCOPE_TOLD);
    assertThat(asked).hasValue(1);
  }
}
