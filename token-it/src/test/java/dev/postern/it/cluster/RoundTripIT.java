package dev.postern.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a request costs the database")
final class RoundTripIT {
  private static final String CLIENT_CREDENTIALS = "grant_type=client_credentials";

  /** Cleaning and counting go on beside the requests: what is least is what the request costs. */
  private static final int TRIES = 5;

  private final Map<String, Counts> table = new LinkedHashMap<>();

  @Test
  @DisplayName("at most one transaction for each grant; none for a client that is refused")
  void round_trips() {
    Database database = Databases.POSTGRES.create();
    try (Pool pool = database.pool(4);
        Webapp webapp = ShopApp.shared().with("passwordGrant", "true").explode()) {
      CountingSource counting = new CountingSource(pool.source());
      try (Container server =
          Containers.jetty()
              .start(Deployment.of(webapp).binding("jdbc/postern", counting.source()))) {
        RawHttp http = RawHttp.to(server);
        ShopClient.tokens(http);

        count(
            "authorization_code",
            counting,
            () -> ShopClient.code(http),
            code -> ShopClient.redeem(http, code));
        count(
            "refresh_token",
            counting,
            () -> ShopClient.tokens(http).refresh(),
            token -> ShopClient.refresh(http, token));
        count(
            "refresh_token, retried",
            counting,
            () -> {
              String token = ShopClient.tokens(http).refresh();
              Tokens.in(ShopClient.refresh(http, token));
              return token;
            },
            token -> ShopClient.refresh(http, token));
        count(
            "client_credentials",
            counting,
            () -> "",
            nothing -> ShopClient.token(http, CLIENT_CREDENTIALS, ShopClient.AS_BATCH));
        count(
            "password",
            counting,
            () -> "",
            nothing ->
                ShopClient.token(
                    http,
                    "grant_type=password&username=" + Realm.USER + "&password=" + Realm.PASSWORD,
                    ShopClient.AS_PORTAL));
        count(
            "a wrong secret",
            counting,
            () -> "",
            nothing ->
                ShopClient.token(
                    http,
                    CLIENT_CREDENTIALS,
                    ShopClient.basic(ShopApp.BATCH, "kX7-cluster-wrong-secret-0001")));
        count(
            "an unknown client",
            counting,
            () -> "",
            nothing ->
                ShopClient.token(
                    http,
                    CLIENT_CREDENTIALS,
                    ShopClient.basic("nobody", "kX7-cluster-wrong-secret-0001")));
      }
    }
    table.forEach((request, counts) -> System.out.printf("%-24s %s%n", request, counts));

    assertThat(table.get("authorization_code")).isEqualTo(new Counts(2, 1, 3, 1, 0));
    assertThat(table.get("refresh_token")).isEqualTo(new Counts(2, 1, 2, 1, 0));
    assertThat(table.get("refresh_token, retried")).isEqualTo(new Counts(2, 2, 0, 0, 0));
    assertThat(table.get("client_credentials")).isEqualTo(new Counts(1, 0, 1, 0, 0));
    assertThat(table.get("password")).isEqualTo(new Counts(1, 0, 2, 1, 0));
    assertThat(table.get("a wrong secret")).isEqualTo(new Counts(0, 0, 0, 0, 0));
    assertThat(table.get("an unknown client")).isEqualTo(new Counts(0, 0, 0, 0, 0));
  }

  @Test
  @DisplayName("none for a refused client whose registration is cached (clients=jdbc)")
  void clients_in_the_table() {
    Database database = Databases.POSTGRES.create();
    try (Pool pool = database.pool(4);
        Webapp webapp =
            ShopApp.shared().with("clients", "jdbc").with("failureLimit", "0").explode()) {
      CountingSource counting = new CountingSource(pool.source());
      try (Container server =
          Containers.jetty()
              .start(Deployment.of(webapp).binding("jdbc/postern", counting.source()))) {
        RawHttp http = RawHttp.to(server);
        // Its first request makes the tables.
        ShopClient.askForCode(http);
        database.execute(
            "INSERT INTO postern_client (client_id, grant_types)"
                + " VALUES ('batch', 'client_credentials')");
        database.execute(
            "INSERT INTO postern_client_secret (client_id, name, hash) VALUES ('batch', 'one', '"
                + Sha256Secrets.hash(Secret.of(ShopApp.BATCH_SECRET))
                + "')");
        awaitRegistration(http);

        count(
            "a wrong secret",
            counting,
            () -> "",
            nothing ->
                ShopClient.token(
                    http,
                    CLIENT_CREDENTIALS,
                    ShopClient.basic(ShopApp.BATCH, "kX7-cluster-wrong-secret-0001")));
        count(
            "client_credentials",
            counting,
            () -> "",
            nothing -> ShopClient.token(http, CLIENT_CREDENTIALS, ShopClient.AS_BATCH));
      }
    }

    assertThat(table.get("a wrong secret")).isEqualTo(new Counts(0, 0, 0, 0, 0));
    assertThat(table.get("client_credentials")).isEqualTo(new Counts(1, 0, 1, 0, 0));
  }

  /** Until what is cached of the table is what is there now. */
  private static void awaitRegistration(RawHttp http) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (ShopClient.token(http, CLIENT_CREDENTIALS, ShopClient.AS_BATCH).status() != 200) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private interface Request {
    Answer send(String prepared);
  }

  private void count(
      String name, CountingSource counting, Supplier<String> preparation, Request request) {
    Counts least = null;
    for (int i = 0; i < TRIES; i++) {
      String prepared = preparation.get();
      counting.take();
      Answer answer = request.send(prepared);
      Counts counts = counting.take();
      assertThat(answer.status()).as(answer::toString).isIn(200, 401);
      if (least == null || counts.roundTrips() < least.roundTrips()) {
        least = counts;
      }
    }
    table.put(name, least);
  }
}
