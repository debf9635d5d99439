package dev.postern.core.jdbc;

import static dev.postern.core.jdbc.FaultyPool.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postern.core.CodeGrant;
import dev.postern.core.Issuance;
import dev.postern.core.Life;
import dev.postern.core.RandomTokens;
import dev.postern.core.RefreshToken;
import dev.postern.core.Revocation;
import dev.postern.core.Scope;
import dev.postern.core.SealedAnswer;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenHash;
import dev.postern.core.UnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A12: every JDBC call fails in turn, a fault that is not tried again. */
@DisplayName("I6: any doubt about the database: no token")
class StoreFaultsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Scope SCOPE = Scope.of("read");

  private final RandomTokens random = new RandomTokens(new SecureRandom());
  private final Nodes nodes = new Nodes();
  private final JdbcStore store = nodes.store(nodes.database(), DAY);

  @BeforeEach
  void open() {
    // It sweeps with the first commit, and not again in this test.
    store.saveCode(newHash(), grant(), MINUTE);
    nodes.execute("DELETE FROM postern_code");
  }

  @AfterEach
  void close() throws Exception {
    assertThat(nodes.pool.inUse()).isZero();
    assertThat(nodes.pool.isAsHandedOut()).isTrue();
    nodes.close();
  }

  @Test
  @DisplayName(
      "a client with very many tokens can be revoked: that has two minutes, not two seconds")
  void time_for_all() {
    for (Revocation all :
        List.of(new Revocation.OfClient("shop"), new Revocation.OfSubject("alice"))) {
      AtomicInteger meanwhile = new AtomicInteger();
      nodes.pool.at("executeUpdate", 1, () -> meanwhile.set(nodes.pool.lastNetworkTimeout()));

      store.revoke(all);

      assertThat(meanwhile).hasValue(121_000);
    }
  }

  private TokenHash newHash() {
    return TokenHash.of(random.next());
  }

  private static CodeGrant grant() {
    return new CodeGrant("shop", "alice", SCOPE, "https://shop.example/", false, Optional.empty());
  }

  private RefreshToken newToken(String family) {
    return RefreshToken.parse(family + random.next().reveal()).orElseThrow();
  }

  private RefreshToken newFamily() {
    return newToken(random.next().reveal().substring(0, 22));
  }

  private Issuance issuance(Issuance.Spend spend, Optional<RefreshToken> token) {
    return new Issuance(
        "shop",
        "alice",
        spend,
        Optional.of(new Issuance.NewAccessToken(newHash(), SCOPE, MINUTE)),
        token.map(
            next -> new Issuance.NewRefreshToken(next.familyHash(), next.hash(), SCOPE, DAY, DAY)));
  }

  private TokenHash savedCode() {
    TokenHash code = newHash();
    store.saveCode(code, grant(), MINUTE);
    return code;
  }

  private RefreshToken savedFamily() {
    RefreshToken first = newFamily();
    commit(issuance(new Issuance.Spend.Code(savedCode()), Optional.of(first)));
    return first;
  }

  private void commit(Issuance issuance) {
    assertThat(store.commit(issuance)).isTrue();
  }

  private Issuance rotation(RefreshToken old) {
    RefreshToken next = newToken(old.value().reveal().substring(0, 22));
    SealedAnswer answer = SealedAnswer.ofOctets(new byte[100]);
    return issuance(
        new Issuance.Spend.Rotation(old.familyHash(), old.hash(), Optional.of(answer), MINUTE, ""),
        Optional.of(next));
  }

  /** All that is kept, as one text. */
  private String everything() {
    return List.of("postern_code", "postern_family", "postern_access_token").stream()
        .map(table -> nodes.rows("SELECT * FROM " + table + " ORDER BY 1"))
        .toList()
        .toString();
  }

  /** What is closed has done its work, or has not and said so already. */
  private static boolean isCounted(String call) {
    return !call.equals("Statement.close") && !call.equals("ResultSet.close");
  }

  /** Whether the work was done; a fault that it says is the one it should say. */
  private boolean isDone(BooleanSupplier work) {
    try {
      return work.getAsBoolean();
    } catch (UnavailableException e) {
      assertThat(e.refusal().reason()).isEqualTo(StandardReason.STORE_UNAVAILABLE);
      assertThat(e).hasMessageContaining("told to fail");
      return false;
    }
  }

  /**
   * Lets each call of the work fail in turn. What could not be done has changed nothing, and is
   * done when it is tried again; what was done all the same was done whole.
   */
  private void assertHoldsInEachCall(Runnable before, BooleanSupplier work) {
    int faults = 0;
    for (int n = 1; ; n++) {
      List.of("postern_code", "postern_family", "postern_access_token")
          .forEach(table -> nodes.execute("DELETE FROM " + table));
      before.run();
      String kept = everything();
      nodes.pool.works();
      nodes.pool.failAtCall(n, StoreFaultsTest::isCounted, state("HY000"));
      boolean isDone = isDone(work);
      boolean hasFailed =
          nodes.pool.calls().stream().filter(StoreFaultsTest::isCounted).count() >= n;
      nodes.pool.works();
      if (!isDone) {
        faults++;
        assertThat(everything()).as("after call %s", n).isEqualTo(kept);
        assertThat(work.getAsBoolean()).as("a retry after call %s", n).isTrue();
      }
      if (!hasFailed) {
        assertThat(isDone).isTrue();
        break;
      }
    }
    assertThat(faults).isGreaterThan(5);
  }

  @Test
  @DisplayName("a row that was kept though its answer was lost is of a token that nobody gets")
  void answer_to_an_insert_is_lost() {
    nodes.pool.failAfter("executeUpdate", 1, state("08006"));
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> store.commit(issuance(new Issuance.Spend.Nothing(), Optional.empty())))
        .extracting(e -> e.refusal().reason())
        .isEqualTo(StandardReason.STORE_UNAVAILABLE);
    nodes.pool.failAfter("executeUpdate", 1, state("08006"));
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> store.saveCode(newHash(), grant(), MINUTE))
        .extracting(e -> e.refusal().reason())
        .isEqualTo(StandardReason.STORE_UNAVAILABLE);

    assertThat(nodes.count("postern_access_token")).isEqualTo(1);
    assertThat(nodes.count("postern_code")).isEqualTo(1);
  }

  @Test
  @DisplayName("a code is redeemed")
  void redeem() {
    TokenHash[] code = new TokenHash[1];

    assertHoldsInEachCall(
        () -> {
          code[0] = savedCode();
        },
        () -> {
          boolean isDone =
              store.commit(issuance(new Issuance.Spend.Code(code[0]), Optional.of(newFamily())));
          assertThat(isDone).isTrue();
          assertThat(nodes.count("postern_family")).isEqualTo(1);
          assertThat(nodes.count("postern_access_token")).isEqualTo(1);
          return isDone;
        });
  }

  @Test
  @DisplayName("a refresh token is rotated")
  void rotate() {
    RefreshToken[] old = new RefreshToken[1];

    assertHoldsInEachCall(
        () -> {
          old[0] = savedFamily();
        },
        () -> store.commit(rotation(old[0])));
    assertThat(nodes.count("postern_family")).isEqualTo(1);
    assertThat(nodes.count("postern_access_token")).isEqualTo(2);
  }

  @Test
  @DisplayName("an access token alone is issued")
  void client_credentials() {
    assertHoldsInEachCall(
        () -> {}, () -> store.commit(issuance(new Issuance.Spend.Nothing(), Optional.empty())));
    assertThat(nodes.count("postern_access_token")).isEqualTo(1);
  }

  @Test
  @DisplayName("tokens are issued for a password")
  void password() {
    assertHoldsInEachCall(
        () -> {},
        () -> store.commit(issuance(new Issuance.Spend.Nothing(), Optional.of(newFamily()))));
    assertThat(nodes.count("postern_family")).isEqualTo(1);
  }

  @Test
  @DisplayName("a code is saved")
  void save_code() {
    assertHoldsInEachCall(
        () -> {},
        () -> {
          savedCode();
          return true;
        });
    assertThat(nodes.count("postern_code")).isEqualTo(1);
  }

  @Test
  @DisplayName("codes and tokens are looked for")
  void find() {
    TokenHash[] code = new TokenHash[1];
    RefreshToken[] token = new RefreshToken[1];
    Issuance[] issued = new Issuance[1];
    Runnable before =
        () -> {
          code[0] = savedCode();
          token[0] = newFamily();
          issued[0] = issuance(new Issuance.Spend.Code(savedCode()), Optional.of(token[0]));
          commit(issued[0]);
        };

    assertHoldsInEachCall(
        before, () -> store.findCode(code[0]).orElseThrow().life().equals(Life.LIVE));
    assertHoldsInEachCall(
        before,
        () ->
            store
                .findRefreshToken(token[0].familyHash(), token[0].hash())
                .orElseThrow()
                .life()
                .equals(Life.LIVE));
    assertHoldsInEachCall(
        before,
        () -> store.findAccessToken(issued[0].accessToken().orElseThrow().hash()).isPresent());
  }

  @Test
  @DisplayName("codes and tokens are taken back")
  void revoke() {
    TokenHash[] code = new TokenHash[1];
    RefreshToken[] token = new RefreshToken[1];
    TokenHash[] access = new TokenHash[1];
    Runnable before =
        () -> {
          code[0] = savedCode();
          token[0] = newFamily();
          Issuance issued = issuance(new Issuance.Spend.Code(code[0]), Optional.of(token[0]));
          access[0] = issued.accessToken().orElseThrow().hash();
          commit(issued);
          savedCode();
        };

    assertHoldsInEachCall(before, () -> isRevoked(new Revocation.OfCode(code[0])));
    assertHoldsInEachCall(before, () -> isRevoked(new Revocation.OfFamily(token[0].familyHash())));
    assertHoldsInEachCall(before, () -> isRevoked(new Revocation.OfAccessToken(access[0])));
    assertHoldsInEachCall(before, () -> isRevoked(new Revocation.OfSubject("alice")));
    assertHoldsInEachCall(before, () -> isRevoked(new Revocation.OfClient("shop")));
    assertThat(store.findAccessToken(access[0])).isEmpty();
    assertThat(store.findCode(code[0]).orElseThrow().life().state()).isEqualTo(Life.State.SPENT);
  }

  private boolean isRevoked(Revocation revocation) {
    store.revoke(revocation);
    return true;
  }

  @Test
  @DisplayName("I1, I3: the commit was done and nobody heard: not said to be, and never twice")
  void lost_commit() {
    TokenHash code = savedCode();
    nodes.pool.works();
    nodes.pool.failAfter("commit", 1, state("08006"));

    assertThat(
            isDone(
                () ->
                    store.commit(
                        issuance(new Issuance.Spend.Code(code), Optional.of(newFamily())))))
        .isFalse();

    assertThat(nodes.pool.calls("commit")).isEqualTo(1);
    assertThat(store.findCode(code).orElseThrow().life().state()).isEqualTo(Life.State.SPENT);
    assertThat(store.commit(issuance(new Issuance.Spend.Code(code), Optional.of(newFamily()))))
        .isFalse();
    assertThat(nodes.count("postern_family")).isEqualTo(1);
  }

  @Test
  @DisplayName("I6: the insert was done and the connection lost: not said to be")
  void lost_insert() {
    Issuance issuance = issuance(new Issuance.Spend.Nothing(), Optional.empty());
    nodes.pool.works();
    nodes.pool.failAfter("executeUpdate", 1, state("08006"));

    try {
      assertThat(store.commit(issuance)).isFalse();
    } catch (UnavailableException e) {
      assertThat(e.refusal().reason()).isEqualTo(StandardReason.STORE_UNAVAILABLE);
    }
    assertThat(nodes.count("postern_access_token")).isEqualTo(1);
  }

  @Test
  @DisplayName("I2: what was spent meanwhile is not spent again by a retry")
  void conflict_then_spent() {
    TokenHash code = savedCode();
    JdbcStore another = nodes.store(nodes.database(), DAY);
    nodes.pool.works();
    nodes.pool.at(
        "executeUpdate",
        1,
        () ->
            assertThat(
                    another.commit(
                        issuance(new Issuance.Spend.Code(code), Optional.of(newFamily()))))
                .isTrue());
    nodes.pool.failAt("executeUpdate", 1, state("40001"));

    assertThat(store.commit(issuance(new Issuance.Spend.Code(code), Optional.of(newFamily()))))
        .isFalse();
    assertThat(nodes.count("postern_family")).isEqualTo(1);
  }
}
