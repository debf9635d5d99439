package dev.postern.it.contract;

import static dev.postern.it.contract.Contract.AS_BATCH;
import static dev.postern.it.contract.Contract.CLIENT_CREDENTIALS;
import static dev.postern.it.contract.Contract.assertIssued;
import static dev.postern.it.contract.Findings.app;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Containers;
import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import dev.postern.it.database.Pool;
import dev.postern.servlet.doctor.FindingKind;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The doctor tells what is wrong with the database and the registered clients")
class DoctorOfDataIT {
  private static final String BASIC = "client_secret_basic";
  private static final String CLIENT = "client_credentials";

  @ParameterizedTest
  @EnumSource
  void no_database_and_no_clients(Containers container) throws Exception {
    TestApp app = app(TestClients.none()).parameter("dataSource", "jdbc/nowhere");
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app)) {
      Findings findings = new Findings(running, endpoint);
      findings.assertFound(FindingKind.DATABASE_UNAVAILABLE, "jdbc/nowhere");
      findings.assertFound(FindingKind.NO_CLIENTS, "nobody can ask for a token");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_database_that_shows_what_is_not_committed(Containers container) throws Exception {
    Database database =
        with(
            Databases.H2.create(),
            ";INIT=SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ UNCOMMITTED");
    try (Pool pool = database.pool(2);
        Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app().over(pool.source()))) {
      new Findings(running, endpoint)
          .assertFound(FindingKind.DATABASE_ISOLATION, "its isolation is READ UNCOMMITTED");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_database_whose_clock_is_ahead(Containers container) throws Exception {
    Database database = Databases.POSTGRES.create();
    database.execute("CREATE SCHEMA ahead");
    // Found before PostgreSQL's own, as the path below has it.
    database.execute(
        "CREATE FUNCTION ahead.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
            + " $$SELECT pg_catalog.clock_timestamp() + interval '1 hour'$$");
    Database ahead = with(database, "&options=-c%20search_path=ahead,public,pg_catalog");
    try (Pool pool = ahead.pool(2);
        Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app().over(pool.source()))) {
      assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH));

      new Findings(running, endpoint)
          .assertFound(FindingKind.CLOCK_DIFFERENCE, "the database is ahead by 3");
    }
  }

  private static Database with(Database database, String more) {
    return new Database(database.driver(), database.url() + more, database.user(), "");
  }

  @ParameterizedTest
  @EnumSource
  void secrets_that_need_a_look_and_a_grant_for_nobody(Containers container) throws Exception {
    String weak = "$pbkdf2-sha256$i=100000$c2l4dGVlbiBvY3RldHMhIQ$" + "A".repeat(43);
    TestClients clients =
        TestClients.none()
            .with("soon", BASIC, CLIENT, expiring("soon", Duration.ofDays(3)))
            .with("late", BASIC, CLIENT, expiring("late", Duration.ofDays(-3)))
            .with(
                "chosen", BASIC, CLIENT, client -> client.add("secrets", TestClients.hashes(weak)));
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app(clients).parameter("passwordGrant", "true"))) {
      Findings findings = new Findings(running, endpoint);
      findings.assertFound(
          FindingKind.SECRET_EXPIRES, "client soon, the secret named of soon, at 20");
      findings.assertFound(FindingKind.NO_LIVE_SECRET, "client late");
      findings.assertFound(FindingKind.SECRET_HASH_WEAK, "client chosen");
      findings.assertFound(FindingKind.GRANT_UNUSED, "password");
    }
  }

  private static Consumer<JsonObjectBuilder> expiring(String id, Duration left) {
    String end = Instant.now().plus(left).truncatedTo(ChronoUnit.SECONDS).toString();
    return client ->
        client.add(
            "secrets",
            Json.createArrayBuilder()
                .add(
                    Json.createObjectBuilder()
                        .add("hash", Sha256Secrets.hash(Secret.of("kX7-generated-secret-" + id)))
                        .add("name", "of " + id)
                        .add("expires_at", end)));
  }
}
