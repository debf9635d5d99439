package dev.postern.it.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.core.CodeGrant;
import dev.postern.core.Issuance;
import dev.postern.core.RandomTokens;
import dev.postern.core.RecentRefusals;
import dev.postern.core.Refusal;
import dev.postern.core.RefusalSummary.Reach;
import dev.postern.core.Revocation;
import dev.postern.core.Scope;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenHash;
import dev.postern.core.TokenListener.RefusedEvent;
import dev.postern.core.jdbc.JdbcStore;
import dev.postern.core.secret.SecretFormats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.xa.PGXADataSource;

/** The store as administrators run it who make the tables by hand, or bind an XA data source. */
final class LesserUserIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RandomTokens random = new RandomTokens(new SecureRandom());
  private final Database owner = Databases.POSTGRES.create();

  @Test
  @DisplayName("with the rights that the head of the script grants, and no others")
  void rights() throws IOException {
    String script = script();
    owner.execute(script);
    String user = "user_" + owner.url().replaceAll(".*/|\\?.*", "");
    owner.execute("CREATE ROLE " + user + " LOGIN");
    owner.execute(grant(script).replace("the_user", user));
    Database lesser = new Database(owner.driver(), owner.url(), user, owner.serializable());

    assertThatThrownBy(() -> lesser.execute("CREATE TABLE more (one INTEGER)"))
        .hasRootCauseMessage("ERROR: permission denied for schema public\n  Position: 14");
    assertServes(lesser.plain(), false);
  }

  @Test
  @DisplayName("over connections of an XA data source, without a global transaction")
  void xa() {
    PGXADataSource xa = new PGXADataSource();
    xa.setUrl(owner.url());
    xa.setUser(owner.user());

    assertServes(new XaConnections(xa), true);
  }

  /** Does all that a node does with its tables. */
  private void assertServes(DataSource source, boolean isSchemaCreated) {
    try (JdbcStore store = new JdbcStore(() -> source, isSchemaCreated, InstantSource.system())) {
      store.check();
      assertThat(store.clients(new SecretFormats(List.of()), Set.of(), Set.of()).find("shop"))
          .isEmpty();
      try (RecentRefusals refusals = store.refusals(MINUTE, 10)) {
        refusals.add(
            new RefusedEvent(
                store.clock().instant(),
                "trace-1",
                "correlation-1",
                Refusal.of(StandardReason.CLIENT_UNKNOWN),
                "nobody",
                "192.0.2.7",
                "/shop/oauth/token"));
        assertThat(refusals.summary("trace-1").reach()).isEqualTo(Reach.ALL_NODES);
        assertThat(refusals.dropped()).isZero();
      }
      TokenHash code = newHash();
      store.saveCode(
          code,
          new CodeGrant("shop", "alice", Scope.EMPTY, "https://x", true, Optional.empty()),
          MINUTE);
      TokenHash access = newHash();
      TokenHash family = newHash();
      TokenHash first = newHash();
      TokenHash second = newHash();

      assertThat(store.commit(issuance(new Issuance.Spend.Code(code), access, family, first)))
          .isTrue();
      assertThat(store.commit(issuance(new Issuance.Spend.Code(code), access, family, first)))
          .isFalse();
      assertThat(
              store.commit(
                  issuance(
                      new Issuance.Spend.Rotation(family, first, Optional.empty(), MINUTE, ""),
                      newHash(),
                      family,
                      second)))
          .isTrue();
      assertThat(store.findAccessToken(access)).isPresent();
      store.revoke(new Revocation.OfSubject("alice"));
      assertThat(store.findAccessToken(access)).isEmpty();
    }
  }

  private static Issuance issuance(
      Issuance.Spend spend, TokenHash access, TokenHash family, TokenHash refresh) {
    return new Issuance(
        "shop",
        "alice",
        spend,
        Optional.of(new Issuance.NewAccessToken(access, Scope.EMPTY, MINUTE)),
        Optional.of(new Issuance.NewRefreshToken(family, refresh, Scope.EMPTY, MINUTE, MINUTE)));
  }

  private TokenHash newHash() {
    return TokenHash.of(random.next());
  }

  private static String script() throws IOException {
    try (InputStream script = JdbcStore.class.getResourceAsStream("postgresql.sql")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The GRANT that stands in the comment at the script's head. */
  private static String grant(String script) {
    String head =
        script
            .lines()
            .takeWhile(line -> line.startsWith("--"))
            .map(line -> line.substring(2).strip())
            .collect(Collectors.joining(" "));
    int start = head.indexOf("GRANT ");
    return head.substring(start, head.indexOf(';', start));
  }
}
