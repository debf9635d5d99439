package dev.postern.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.Deployment;
import dev.postern.it.RawHttp;
import dev.postern.it.Realm;
import dev.postern.it.Webapp;
import dev.postern.it.database.CountingSource;
import dev.postern.it.database.CountingSource.Counts;
import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import dev.postern.it.database.Pool;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What one node refuses, the administrator finds on every node")
final class TraceIT {
  private static final int FLOOD = 1_000;

  private static Webapp app() {
    return ShopApp.shared().with("adminRole", Realm.ROLE).explode();
  }

  private static Container node(Webapp webapp, DataSource source) {
    return Containers.jetty().start(Deployment.of(webapp).binding("jdbc/postern", source));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("on its own at once, on others a moment later; undeployed, neither has a thread")
  void two_nodes(Databases databases) {
    Database database = databases.create();
    try (Pool pool = database.pool(4);
        Webapp webapp = app();
        Container first = node(webapp, pool.source());
        Container second = node(webapp, pool.source())) {
      RawHttp here = RawHttp.to(first);
      RawHttp there = RawHttp.to(second);
      Answer refused =
          here.postForm(
              "/oauth/token",
              "grant_type=client_credentials",
              ShopClient.basic(ShopApp.BATCH, "kX7-cluster-wrong-secret-0001"),
              "client-request-id: kX7-elsewhere");
      String id = refused.json().getString("trace_id");

      assertThat(ShopClient.traces(here, id).text()).contains("SECRET_MISMATCH");
      await(() -> ShopClient.traces(there, id).status() == 200);
      assertThat(ShopClient.traces(there, id).text())
          .contains("SECRET_MISMATCH", "127.0.0.1", "kX7-elsewhere", "TOK2000: the client could");
      for (RawHttp node : new RawHttp[] {here, there}) {
        assertThat(ShopClient.traces(node, "?q=kX7-elsewhere").text())
            .contains(id, "all servers that share the database", "?q=TOK2102", "?q=batch");
      }
      assertThat(database.number("SELECT COUNT(*) FROM postern_trace")).isEqualTo(1);
    }
    await(() -> !hasThread());
  }

  @Test
  @DisplayName("a flood of anonymous refusals: a hundred rows and one statement a second, no more")
  void flood() {
    Database database = Databases.POSTGRES.create();
    try (Pool pool = database.pool(4);
        Webapp webapp = app()) {
      CountingSource counting = new CountingSource(pool.source());
      try (Container server = node(webapp, counting.source())) {
        RawHttp http = RawHttp.to(server);
        ShopClient.traces(http, "");
        counting.take();
        long start = System.nanoTime();
        for (int i = 0; i < FLOOD; i++) {
          assertThat(http.postForm("/oauth/token", "grant_type=x").status()).isEqualTo(400);
        }
        await(() -> database.number("SELECT COUNT(*) FROM postern_trace") > 0);
        long seconds = 1 + Duration.ofNanos(System.nanoTime() - start).toSeconds();
        Counts counts = counting.take();
        String page = ShopClient.traces(http, "").text();

        // One look at the bound with the first, and one after each 500.
        assertThat(counts.changes()).isBetween(1, (int) seconds);
        assertThat(counts.roundTrips()).isLessThanOrEqualTo((int) (2 * seconds + 10));
        long rows = database.number("SELECT COUNT(*) FROM postern_trace");
        assertThat(rows).isBetween(1L, 100 * (seconds + 1));
        assertThat(rows + dropped(page)).isEqualTo(FLOOD);
      }
    }
  }

  /** As the page has it; none where it does not say so. */
  private static long dropped(String page) {
    Matcher told = Pattern.compile("the database was away: ([0-9]+)\\.").matcher(page);
    return told.find() ? Long.parseLong(told.group(1)) : 0;
  }

  private static boolean hasThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("postern-trace") && thread.isAlive());
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
