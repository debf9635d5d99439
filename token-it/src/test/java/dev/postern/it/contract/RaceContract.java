package dev.postern.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.RawConnection;
import dev.postern.it.Rfc;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Many at once: rounds of 32 threads")
@Rfc({"RFC6749-4.1.2", "RFC9700-4.14.2"})
abstract class RaceContract extends Contract {
  private static final int THREADS = 32;

  RaceContract(Running running) {
    super(running);
  }

  @Test
  @DisplayName("of one code exactly one is 200, the rest invalid_grant")
  void one_code() throws Exception {
    race(
        () -> {
          String code = shop().code(TestClients.SHOP, S256);
          return "grant_type=authorization_code&code=" + code + "&code_verifier=" + VERIFIER;
        },
        answers -> {
          assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
          assertInvalidGrant(answers);
        });
  }

  @Test
  @DisplayName("of one refresh token every 200 carries the same tokens, and there is one lineage")
  void one_refresh_token() throws Exception {
    race(
        () -> "grant_type=refresh_token&refresh_token=" + refresh(shopTokens()),
        answers -> {
          Set<String> issued = new HashSet<>();
          String successor = "";
          for (Answer answer : answers) {
            if (answer.status() == 200) {
              JsonObject tokens = answer.json();
              issued.add(access(tokens) + " " + refresh(tokens));
              successor = refresh(tokens);
            }
          }
          assertThat(issued).hasSize(1);
          assertInvalidGrant(answers);
          assertIssued(refreshShop(successor, ""));
        });
  }

  private static void assertInvalidGrant(List<Answer> answers) {
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allMatch(
            answer ->
                answer.status() == 400 && answer.json().getString("error").equals("invalid_grant"));
  }

  /** What a round is about: the form that all threads send. */
  private interface Round {
    String form();
  }

  /** What has to hold of the answers. */
  private interface Verdict {
    void on(List<Answer> answers);
  }

  private void race(Round round, Verdict verdict) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    List<Racer> racers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      racers.add(new Racer(barrier));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      // A database has a race of its own, over several nodes.
      int rounds = running().isInMemory() ? 200 : 20;
      for (int i = 0; i < rounds; i++) {
        String form = round.form();
        running().ledger().sent(form);
        List<Future<Answer>> futures = new ArrayList<>();
        racers.forEach(racer -> futures.add(threads.submit(() -> racer.send(form))));
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> future : futures) {
          answers.add(shop().received(future.get(30, TimeUnit.SECONDS)));
        }
        verdict.on(answers);
      }
    } finally {
      threads.shutdown();
      racers.forEach(Racer::close);
    }
  }

  /** One of the threads, with a connection that is kept as long as the server keeps it. */
  private final class Racer {
    private final CyclicBarrier barrier;
    private RawConnection connection = open();

    Racer(CyclicBarrier barrier) {
      this.barrier = barrier;
    }

    Answer send(String form) throws Exception {
      List<String> headers = List.of(Endpoint.FORM, AS_SHOP, "Connection: keep-alive");
      byte[] request =
          shop()
              .http()
              .request(
                  "POST",
                  shop().path(),
                  headers,
                  form.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      barrier.await(30, TimeUnit.SECONDS);
      Answer answer = connection.send(request).read();
      if (answer.header("Connection").filter("close"::equalsIgnoreCase).isPresent()) {
        connection.close();
        connection = open();
      }
      return answer;
    }

    private RawConnection open() {
      return shop().http().within(Duration.ofMinutes(5)).open();
    }

    void close() {
      connection.close();
    }
  }
}
