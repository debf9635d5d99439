package dev.postern.servlet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Client;
import dev.postern.core.ClientSecret;
import dev.postern.core.SecretHash;
import dev.postern.core.secret.SecretFormats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What the registrations of clients give cause for")
class RegisteredClientsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
  private static final Duration NEAR = Duration.ofDays(14);
  private static final String SALT_AND_HASH = "$c2l4dGVlbiBvY3RldHMhIQ$" + "A".repeat(43);

  private static final String STRONG = "$pbkdf2-sha256$i=600000" + SALT_AND_HASH;

  private static Client client(String id, ClientSecret... secrets) {
    Client.Builder builder = Client.withId(id).grantTypes("client_credentials");
    List.of(secrets).forEach(builder::secret);
    return builder.build();
  }

  private static ClientSecret secret(String hash, Duration left) {
    SecretHash read = new SecretFormats(List.of()).read(hash);
    return new ClientSecret(read, Optional.of(NOW.plus(left)), "2026");
  }

  private static List<Finding> found(List<String> grantTypes, Client... clients) {
    return new RegisteredClients(List.of(clients), NOW).examine(NEAR, grantTypes);
  }

  @Test
  void nothing() {
    assertThat(found(List.of(), client("batch", secret(STRONG, NEAR.plusSeconds(1))))).isEmpty();
  }

  @Test
  void none_at_all() {
    assertThat(found(List.of("password")))
        .containsExactly(new Finding(FindingKind.NO_CLIENTS, "nobody can ask for a token"));
  }

  @Test
  void a_secret_that_expires_within_fourteen_days() {
    assertThat(found(List.of(), client("batch", secret(STRONG, NEAR))))
        .containsExactly(
            new Finding(
                FindingKind.SECRET_EXPIRES,
                "client batch, the secret named 2026, at 2026-12-06T14:00:00Z"));
  }

  @Test
  void no_secret_left() {
    assertThat(found(List.of(), client("batch", secret(STRONG, Duration.ZERO))))
        .containsExactly(new Finding(FindingKind.NO_LIVE_SECRET, "client batch"));
    assertThat(
            found(
                List.of(),
                client(
                    "batch", secret(STRONG, Duration.ZERO), secret(STRONG, Duration.ofDays(100)))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"599999, true", "600000, false"})
  void a_weak_hash(int iterations, boolean isWeak) {
    String hash = "$pbkdf2-sha256$i=" + iterations + SALT_AND_HASH;

    assertThat(found(List.of(), client("batch", secret(hash, Duration.ofDays(100)))))
        .map(Finding::kind)
        .isEqualTo(isWeak ? List.of(FindingKind.SECRET_HASH_WEAK) : List.of());
  }

  @ParameterizedTest
  @CsvSource({"09, true", "10, false"})
  void a_weak_bcrypt_hash(String cost, boolean isWeak) {
    String hash = "$2b$" + cost + "$abcdefghijklmnopqrstuu26wZtvT6wAN1ri5H4takCc.zBDtXpCK";

    assertThat(found(List.of(), client("batch", secret(hash, Duration.ofDays(100)))))
        .map(Finding::kind)
        .isEqualTo(isWeak ? List.of(FindingKind.SECRET_HASH_WEAK) : List.of());
  }

  @Test
  void a_grant_that_nobody_may_use() {
    assertThat(
            found(
                List.of("client_credentials", "password"),
                client("batch", secret(STRONG, Duration.ofDays(100)))))
        .containsExactly(new Finding(FindingKind.GRANT_UNUSED, "password"));
  }
}
