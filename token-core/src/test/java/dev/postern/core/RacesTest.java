package dev.postern.core;

import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.refreshToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Rfc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("32 requests at once, 200 times")
class RacesTest {
  private static final int THREADS = 32;
  private static final int ROUNDS = 200;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private List<TokenResult> atOnce(Callable<TokenResult> request) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    Callable<TokenResult> waiting =
        () -> {
          barrier.await();
          return request.call();
        };
    List<TokenResult> results = new ArrayList<>();
    for (Future<TokenResult> done : threads.invokeAll(Collections.nCopies(THREADS, waiting))) {
      results.add(done.get());
    }
    return results;
  }

  @Test
  @Rfc("RFC6749-4.1.2")
  @DisplayName("one code: exactly one gets tokens, all others invalid_grant")
  void one_code() throws Exception {
    Endpoint endpoint = Endpoint.standard();
    for (int round = 0; round < ROUNDS; round++) {
      String code = endpoint.code(Codes.ofShop());

      int issued = 0;
      for (TokenResult result : atOnce(() -> Codes.redeem(endpoint, code))) {
        if (result instanceof TokenResult.Issued) {
          issued++;
          // The losers are replays: what the winner got is taken back.
          assertThat(endpoint.server().find(accessToken(result))).isEmpty();
          assertGrantRefused(
              Codes.refresh(endpoint, refreshToken(result)), StandardReason.REFRESH_TOKEN_REVOKED);
        } else {
          assertGrantRefused(result, StandardReason.CODE_SPENT);
        }
      }
      assertThat(issued).isEqualTo(1);
    }
  }

  @Test
  @Rfc("RFC9700-4.14.2")
  @DisplayName("one refresh token: all get the same tokens, one lineage")
  void one_refresh_token() throws Exception {
    Endpoint endpoint = Endpoint.standard();
    for (int round = 0; round < ROUNDS; round++) {
      String old = refreshToken(Codes.redeem(endpoint, endpoint.code(Codes.ofShop())));

      Set<String> successors = new HashSet<>();
      Set<String> accessTokens = new HashSet<>();
      int first = 0;
      Callable<TokenResult> refreshAndUse =
          () -> {
            TokenResult result = Codes.refresh(endpoint, old);
            // Nobody is told of an access token before it is there.
            assertThat(endpoint.server().find(accessToken(result))).isPresent();
            return result;
          };
      for (TokenResult result : atOnce(refreshAndUse)) {
        first += assertIssued(result).isRepeated() ? 0 : 1;
        successors.add(refreshToken(result));
        accessTokens.add(accessToken(result));
      }
      assertThat(first).isEqualTo(1);
      assertThat(accessTokens).hasSize(1);
      assertThat(successors).hasSize(1);

      TokenResult next = Codes.refresh(endpoint, successors.iterator().next());
      assertIssued(Codes.refresh(endpoint, refreshToken(next)));
      assertGrantRefused(Codes.refresh(endpoint, old), StandardReason.REFRESH_TOKEN_REUSED);
    }
  }

  @Test
  @DisplayName("one refresh token that may not be retried: one gets tokens, all others end it")
  void one_refresh_token_without_grace() throws Exception {
    Lifetimes standard = Lifetimes.STANDARD;
    Endpoint endpoint =
        Endpoint.builder()
            .lifetimes(
                new Lifetimes(
                    standard.accessToken(),
                    standard.refreshToken(),
                    standard.refreshFamily(),
                    Duration.ZERO,
                    standard.code()))
            .build();
    for (int round = 0; round < ROUNDS; round++) {
      String old = refreshToken(Codes.redeem(endpoint, endpoint.code(Codes.ofShop())));

      int issued = 0;
      for (TokenResult result : atOnce(() -> Codes.refresh(endpoint, old))) {
        if (result instanceof TokenResult.Issued) {
          issued++;
          assertThat(endpoint.server().find(accessToken(result))).isEmpty();
        } else {
          assertThat(((TokenResult.Refused) result).refusal().reason())
              .isIn(StandardReason.REFRESH_TOKEN_REUSED, StandardReason.REFRESH_TOKEN_REVOKED);
        }
      }
      assertThat(issued).isEqualTo(1);
    }
  }
}
