package dev.postern.core.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.core.CodeGrant;
import dev.postern.core.RandomTokens;
import dev.postern.core.Scope;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenHash;
import dev.postern.core.UnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 6819 s4.4.1.11: how many codes a user may have that nobody has redeemed")
class OutstandingCodesTest {
  private final Nodes nodes = new Nodes();
  private final JdbcStore store = nodes.store();

  @AfterEach
  void close() {
    nodes.close();
  }

  private void save(String user) {
    store.saveCode(
        TokenHash.of(new RandomTokens(new SecureRandom()).next()),
        new CodeGrant("shop", user, Scope.EMPTY, "https://x", false, Optional.empty()),
        Duration.ofMinutes(1));
  }

  private void fill(String columns, String values) {
    long later = nodes.clock.instant().toEpochMilli() + 60_000;
    nodes.execute(
        "INSERT INTO postern_code (code_hash, client_id, subject, scope, redirect_uri,"
            + " redirect_uri_required, expires_at"
            + columns
            + ") SELECT SECURE_RAND(32), 'shop', 'alice', '', 'https://x', FALSE, "
            + later
            + values
            + " FROM SYSTEM_RANGE(1, 9999)");
  }

  @Test
  void ten_thousand_and_not_one_more() {
    save("bob");
    fill("", "");
    save("alice");

    UnavailableException thrown =
        catchThrowableOfType(UnavailableException.class, () -> save("alice"));

    assertThat(thrown.refusal().reason()).isEqualTo(StandardReason.TOO_MANY_CODES);
    save("bob");
    nodes.clock.advance(Duration.ofMinutes(1));
    save("alice");
  }

  @Test
  void those_that_are_spent_or_revoked_do_not_count() {
    save("bob");
    fill(", spent_at", ", 1");
    fill(", revoked_at", ", 1");

    save("alice");
    save("alice");
  }
}
