package dev.postern.bench;

import dev.postern.core.Issuance;
import dev.postern.core.Scope;
import dev.postern.core.SealedAnswer;
import dev.postern.core.TokenHash;
import dev.postern.core.jdbc.JdbcStore;
import dev.postern.core.jdbc.ManyRows;
import dev.postern.it.database.Database;
import dev.postern.it.database.Pool;
import dev.postern.it.database.PostgresServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A store in a PostgreSQL whose tables hold so many codes, families and access tokens each. Used by
 * one thread.
 */
final class JdbcGrowth implements AutoCloseable {
  private static final int SMALL = 1_000;
  private static final int LARGE = 1_000_000;
  private static final int WARM_UPS = 3;
  private static final int TURNS = 15;
  private static final int CALLS = 50;

  /** A prime, so that steps of it meet each once a round; large, so that no two are neighbours. */
  private static final long STRIDE = 2_654_435_761L;

  private static final Scope SCOPE = Scope.of("profile");
  private static final Duration ACCESS = Duration.ofMinutes(10);
  private static final Duration REFRESH = Duration.ofDays(30);
  private static final Duration FAMILY = Duration.ofDays(180);
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final int ANSWER_OCTETS = 190;

  private final Pool pool;
  private final JdbcStore store;
  private final int rows;
  private final Map<Integer, Integer> rotations = new HashMap<>();
  private int next;
  private int made;

  private JdbcGrowth(Database database, int rows) {
    this.pool = database.pool(2);
    this.store = new JdbcStore(pool::source, true, InstantSource.system());
    this.rows = rows;
    store.check();
    ManyRows.fill(database, rows);
  }

  /**
   * What a call takes, turn by turn.
   *
   * @param small microseconds with 1,000 rows
   * @param large microseconds with 1,000,000
   * @param ratios of the second to the first
   */
  record Growth(String call, List<Double> small, List<Double> large, List<Double> ratios) {
    /** Of the best turns: neighbours only slow down. */
    double ofBest() {
      return Collections.min(large) / Collections.min(small);
    }
  }

  /** Measures each call, both sizes taking turns. */
  static List<Growth> measure() {
    try (PostgresServer server = PostgresServer.start();
        JdbcGrowth few = new JdbcGrowth(server.create(), SMALL);
        JdbcGrowth many = new JdbcGrowth(server.create(), LARGE)) {
      return List.of(
          growth("redeem", few, many, JdbcGrowth::redeem),
          growth("refresh", few, many, JdbcGrowth::refresh),
          growth("find", few, many, JdbcGrowth::find));
    }
  }

  private static Growth growth(
      String call, JdbcGrowth few, JdbcGrowth many, Consumer<JdbcGrowth> work) {
    Growth growth = new Growth(call, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < WARM_UPS + TURNS; i++) {
      double small = few.micros(work);
      double large = many.micros(work);
      if (i >= WARM_UPS) {
        growth.small().add(small);
        growth.large().add(large);
        growth.ratios().add(large / small);
      }
    }
    return growth;
  }

  private double micros(Consumer<JdbcGrowth> work) {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      work.accept(this);
    }
    return (System.nanoTime() - start) / 1e3 / CALLS;
  }

  private void redeem() {
    TokenHash code = ManyRows.code(number());
    require(store.findCode(code).isPresent());
    commit(
        new Issuance.Spend.Code(code),
        Optional.of(new Issuance.NewRefreshToken(made("f"), made("t"), SCOPE, REFRESH, FAMILY)));
  }

  private void refresh() {
    int number = number();
    int before = rotations.merge(number, 1, Integer::sum) - 1;
    TokenHash family = ManyRows.family(number);
    TokenHash old = ManyRows.refreshToken(number, before);
    require(store.findRefreshToken(family, old).isPresent());
    commit(
        new Issuance.Spend.Rotation(
            family, old, Optional.of(SealedAnswer.ofOctets(new byte[ANSWER_OCTETS])), GRACE, ""),
        Optional.of(
            new Issuance.NewRefreshToken(
                family, ManyRows.refreshToken(number, before + 1), SCOPE, REFRESH, FAMILY)));
  }

  private void find() {
    require(store.findAccessToken(ManyRows.accessToken(number())).isPresent());
  }

  private void commit(Issuance.Spend spend, Optional<Issuance.NewRefreshToken> refreshToken) {
    require(
        store.commit(
            new Issuance(
                "shop",
                "alice",
                spend,
                Optional.of(new Issuance.NewAccessToken(made("a"), SCOPE, ACCESS)),
                refreshToken)));
  }

  private int number() {
    return (int) (next++ * STRIDE % rows);
  }

  private TokenHash made(String what) {
    return ManyRows.hash("made " + what + made++);
  }

  private static void require(boolean done) {
    if (!done) {
      throw new IllegalStateException("the store refused");
    }
  }

  @Override
  public void close() {
    store.close();
    pool.close();
  }
}
