package dev.postern.it.contract;

import static dev.postern.core.StandardReason.CLIENTS_UNAVAILABLE;
import static dev.postern.core.StandardReason.KEY_UNAVAILABLE;
import static dev.postern.core.StandardReason.SCHEMA_MISSING;
import static dev.postern.core.StandardReason.SCHEMA_OF_OTHER_VERSION;
import static dev.postern.core.StandardReason.TOO_BUSY;
import static dev.postern.it.contract.Contract.AS_BATCH;
import static dev.postern.it.contract.Contract.CLIENT_CREDENTIALS;
import static dev.postern.it.contract.Contract.assertIssued;
import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Containers;
import dev.postern.it.app.KeylessIssuer;
import dev.postern.it.app.LostRegistry;
import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What a request is refused for only where something about the deployment is wrong")
class RareRefusalsIT {
  private static final String SLOW = "$2b$12$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  @ParameterizedTest
  @EnumSource
  void a_key_or_a_registry_that_is_not_to_be_had(Containers container) throws Exception {
    TestApp keyless =
        TestApp.with(TestClients.all())
            .parameter("extensions", KeylessIssuer.class.getName())
            .classes(KeylessIssuer.class);
    TestApp lost =
        TestApp.with(TestClients.all())
            .parameter("extensions", LostRegistry.class.getName())
            .classes(LostRegistry.class);

    refusesAll(container, keyless, KEY_UNAVAILABLE, "no such file");
    refusesAll(container, lost, CLIENTS_UNAVAILABLE, "no connection");
  }

  private static void refusesAll(
      Containers container, TestApp app, StandardReason reason, String detail) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app)) {
      Answer answer = endpoint.token(CLIENT_CREDENTIALS, AS_BATCH);

      endpoint.assertRefused(answer, 503, reason);
      assertThat(endpoint.logLine(answer)).contains(" detail=\"" + detail);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tables_that_are_missing_or_of_another_version(Containers container) throws Exception {
    Database database = Databases.H2.create();
    try (Running running = new Running(container, Optional.empty())) {
      try (Endpoint endpoint = running.alone(over(database).without("createSchema"))) {
        endpoint.assertRefused(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH), 503, SCHEMA_MISSING);
      }
      try (Endpoint endpoint = running.alone(over(database))) {
        assertIssued(endpoint.token(CLIENT_CREDENTIALS, AS_BATCH));
      }
      database.execute("UPDATE postern_meta SET content = '0' WHERE name = 'version'");
      try (Endpoint endpoint = running.alone(over(database))) {
        Answer answer = endpoint.token(CLIENT_CREDENTIALS, AS_BATCH);

        endpoint.assertRefused(answer, 503, SCHEMA_OF_OTHER_VERSION);
        assertThat(endpoint.logLine(answer)).contains("the tables are of version 0");
      }
    }
  }

  /** Tomcat closes a pool when an application ends. */
  private static TestApp over(Database database) {
    return TestApp.with(TestClients.all()).over(database.plain());
  }

  @Test
  void a_flood_of_guesses_at_a_secret_whose_hash_is_slow() throws Exception {
    TestClients clients =
        TestClients.all()
            .with(
                "chosen",
                "client_secret_basic",
                "client_credentials",
                client -> client.add("secrets", TestClients.hashes(SLOW)));
    int crowd = 8 * Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(crowd);
    try (Running running = new Running(Containers.JETTY, Optional.empty());
        Endpoint endpoint = running.alone(TestApp.with(clients))) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < crowd; i++) {
        String guess = basic("chosen", "zqx-guess-0123456789-" + i);
        answers.add(threads.submit(() -> endpoint.token(CLIENT_CREDENTIALS, guess)));
      }
      List<Answer> busy = new ArrayList<>();
      for (Future<Answer> answer : answers) {
        if (answer.get().status() == 503) {
          busy.add(answer.get());
        }
      }

      assertThat(busy).isNotEmpty();
      endpoint.assertRefused(busy.get(0), 503, TOO_BUSY);
    } finally {
      threads.shutdownNow();
    }
  }
}
