package dev.postern.core;

import static dev.postern.core.testing.Answers.assertGrantRefused;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.assertRefused;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("I6: any doubt about the store: no token")
class StoreFailureTest {
  private static final String UNAVAILABLE = "TOK9001: the token store is not available";

  /** A store that fails in one of its calls: before it does what was asked, or after. */
  private static class Failing implements TokenStore {
    private final TokenStore store;
    private int calls;
    private int failsAt = -1;
    private boolean failsAfterwards;

    Failing(TokenStore store) {
      this.store = store;
    }

    void failAt(int call, boolean afterwards) {
      calls = 0;
      failsAt = call;
      failsAfterwards = afterwards;
    }

    int callsSinceThen() {
      return calls;
    }

    private <T> T call(Supplier<T> what) {
      boolean fails = calls++ == failsAt;
      if (fails && !failsAfterwards) {
        throw unavailable();
      }
      T result = what.get();
      if (fails) {
        throw unavailable();
      }
      return result;
    }

    private static UnavailableException unavailable() {
      return new UnavailableException(StandardReason.STORE_UNAVAILABLE, "connection lost");
    }

    @Override
    public void saveCode(TokenHash code, CodeGrant grant, Duration lifetime) {
      call(
          () -> {
            store.saveCode(code, grant, lifetime);
            return true;
          });
    }

    @Override
    public Optional<StoredCode> findCode(TokenHash code) {
      return call(() -> store.findCode(code));
    }

    @Override
    public Optional<StoredRefreshToken> findRefreshToken(TokenHash family, TokenHash token) {
      return call(() -> store.findRefreshToken(family, token));
    }

    @Override
    public Optional<StoredAccessToken> findAccessToken(TokenHash accessToken) {
      return call(() -> store.findAccessToken(accessToken));
    }

    @Override
    public boolean commit(Issuance issuance) {
      return call(() -> store.commit(issuance));
    }

    @Override
    public void revoke(Revocation revocation) {
      call(
          () -> {
            store.revoke(revocation);
            return true;
          });
    }
  }

  private final Failing[] store = new Failing[1];
  private final Endpoint endpoint =
      Endpoint.builder()
          .store(
              memory -> {
                store[0] = new Failing(memory);
                return store[0];
              })
          .build();

  static Stream<Arguments> requests() {
    return Stream.of(
        request(
            "client credentials",
            endpoint -> "",
            (endpoint, token) ->
                endpoint.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials())),
        request("code", endpoint -> endpoint.code(Codes.ofShop()), Codes::redeem),
        request(
            "replayed code",
            endpoint -> {
              String code = endpoint.code(Codes.ofShop());
              Codes.redeem(endpoint, code);
              return code;
            },
            Codes::redeem),
        request(
            "refresh token",
            endpoint -> refreshToken(Codes.redeem(endpoint, endpoint.code(Codes.ofShop()))),
            Codes::refresh),
        request(
            "retried refresh token",
            endpoint -> {
              String old = refreshToken(Codes.redeem(endpoint, endpoint.code(Codes.ofShop())));
              Codes.refresh(endpoint, old);
              return old;
            },
            Codes::refresh),
        request(
            "reused refresh token",
            endpoint -> {
              String old = refreshToken(Codes.redeem(endpoint, endpoint.code(Codes.ofShop())));
              Codes.refresh(endpoint, refreshToken(Codes.refresh(endpoint, old)));
              return old;
            },
            Codes::refresh));
  }

  private static Arguments request(
      String name,
      Function<Endpoint, String> before,
      BiFunction<Endpoint, String, TokenResult> request) {
    return Arguments.of(name, before, request);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  @DisplayName("it fails in each call in turn: 9001, never a token")
  void fails_in_each_call_in_turn(
      String name,
      Function<Endpoint, String> before,
      BiFunction<Endpoint, String, TokenResult> request) {
    for (boolean afterwards : new boolean[] {false, true}) {
      int calls = 1;
      for (int call = 0; call < calls; call++) {
        store[0].failAt(-1, false);
        String token = before.apply(endpoint);
        store[0].failAt(call, afterwards);
        TokenResult result = request.apply(endpoint, token);
        calls = Math.max(calls, store[0].callsSinceThen() + (call == 0 ? 1 : 0));
        if (store[0].callsSinceThen() <= call) {
          continue;
        }
        TokenResult.Refused refused =
            assertRefused(
                result, StandardReason.STORE_UNAVAILABLE, "temporarily_unavailable", UNAVAILABLE);
        assertThat(refused.refusal().detail()).isEqualTo("connection lost");
        assertThat(refused.clientId()).isNotEmpty();
      }
      assertThat(calls).as(name).isGreaterThan(name.equals("client credentials") ? 0 : 1);
    }
  }

  @Test
  @DisplayName("I2: what failed before the commit may be tried again")
  void failed_before_the_commit() {
    String code = endpoint.code(Codes.ofShop());
    store[0].failAt(1, false);
    assertRefused(
        Codes.redeem(endpoint, code),
        StandardReason.STORE_UNAVAILABLE,
        "temporarily_unavailable",
        UNAVAILABLE);

    TokenResult issued = Codes.redeem(endpoint, code);
    store[0].failAt(1, false);
    assertRefused(
        Codes.refresh(endpoint, refreshToken(issued)),
        StandardReason.STORE_UNAVAILABLE,
        "temporarily_unavailable",
        UNAVAILABLE);
    assertIssued(Codes.refresh(endpoint, refreshToken(issued)));
  }

  @Test
  @DisplayName("I1: a commit whose outcome was lost never leads to a second family")
  void lost_after_the_commit() {
    String code = endpoint.code(Codes.ofShop());
    store[0].failAt(1, true);
    assertRefused(
        Codes.redeem(endpoint, code),
        StandardReason.STORE_UNAVAILABLE,
        "temporarily_unavailable",
        UNAVAILABLE);

    assertGrantRefused(Codes.redeem(endpoint, code), StandardReason.CODE_SPENT);
  }

  @Test
  @DisplayName("I4: a rotation whose outcome was lost can be repeated")
  void rotation_lost_after_the_commit() {
    String old = refreshToken(Codes.redeem(endpoint, endpoint.code(Codes.ofShop())));
    store[0].failAt(1, true);
    assertRefused(
        Codes.refresh(endpoint, old),
        StandardReason.STORE_UNAVAILABLE,
        "temporarily_unavailable",
        UNAVAILABLE);

    TokenResult.Issued again = assertIssued(Codes.refresh(endpoint, old));
    assertThat(again.isRepeated()).isTrue();
    assertIssued(Codes.refresh(endpoint, refreshToken(again)));
  }

  @Test
  void a_replay_whose_revocation_failed_revokes_when_it_is_repeated() {
    String code = endpoint.code(Codes.ofShop());
    TokenResult issued = Codes.redeem(endpoint, code);
    store[0].failAt(1, false);
    assertRefused(
        Codes.redeem(endpoint, code),
        StandardReason.STORE_UNAVAILABLE,
        "temporarily_unavailable",
        UNAVAILABLE);

    assertGrantRefused(Codes.redeem(endpoint, code), StandardReason.CODE_SPENT);
    assertGrantRefused(
        Codes.refresh(endpoint, refreshToken(issued)), StandardReason.REFRESH_TOKEN_REVOKED);
  }

  @Test
  void no_code_is_given_out_that_was_not_saved() {
    store[0].failAt(0, false);

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> endpoint.server().issueCode(Codes.ofShop()));
  }

  @Test
  @DisplayName("a store that contradicts itself: alive, but spent")
  void a_store_that_contradicts_itself() {
    int[] commits = new int[1];
    Endpoint confused =
        Endpoint.builder()
            .store(
                memory ->
                    new Failing(memory) {
                      @Override
                      public boolean commit(Issuance issuance) {
                        commits[0]++;
                        return false;
                      }
                    })
            .build();

    TokenResult.Refused refused =
        assertRefused(
            Codes.redeem(confused, confused.code(Codes.ofShop())),
            StandardReason.STORE_UNAVAILABLE,
            "temporarily_unavailable",
            UNAVAILABLE);
    assertThat(refused.refusal().detail())
        .isEqualTo("the store says alive and spent of the same grant");
    assertThat(commits[0]).isEqualTo(3);
  }

  @Test
  @DisplayName("the signing key is not to be had")
  void no_key() {
    Endpoint keyless =
        Endpoint.builder()
            .issuer(
                (grant, lifetime) -> {
                  throw new UnavailableException(StandardReason.KEY_UNAVAILABLE, "no key");
                })
            .build();
    String code = keyless.code(Codes.ofShop());

    assertRefused(
        Codes.redeem(keyless, code),
        StandardReason.KEY_UNAVAILABLE,
        "temporarily_unavailable",
        "TOK9003: the signing key is not available");
    assertThat(keyless.store().findCode(TokenHash.of(Secret.of(code))).orElseThrow().life())
        .isEqualTo(Life.LIVE);
  }
}
