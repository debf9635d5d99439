package dev.postern.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Webapp;
import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Nodes are killed at random points under load")
@Tag("cluster")
final class CrashIT {
  private static final int NODES = 4;
  private static final int CLIENTS = 6;
  private static final int REFRESHES = 3;

  /** The heavier profile asks for more. */
  private static final int KILLS = Integer.getInteger("postern.it.kills", 6);

  private final Database database = Databases.POSTGRES.create();

  @Test
  @DisplayName(
      "no code gives two families (I1), no 200 is without its commit (I2, I3),"
          + " no lost refresh is without its answer (I4)")
  void kills() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    List<Chain> chains = new ArrayList<>();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (Webapp webapp = ShopApp.shared().explode();
        Nodes nodes = Nodes.start(NODES, new Node.Options(webapp, database, 4, Duration.ZERO))) {
      List<Future<List<Chain>>> futures = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        futures.add(clients.submit(() -> load(nodes, isOver)));
      }
      kill(nodes);
      isOver.set(true);
      for (Future<List<Chain>> future : futures) {
        chains.addAll(future.get(2, TimeUnit.MINUTES));
      }
    } finally {
      isOver.set(true);
      clients.shutdownNow();
    }

    try (Connection connection = database.connect()) {
      Tables tables = Tables.over(connection);
      chains.forEach(chain -> chain.check(tables));
      tables.assertNothingHalfIssued();
    }
    int lost = chains.stream().mapToInt(Chain::lost).sum();
    System.out.printf(
        "%d kills, %d codes, %d requests without an answer%n", KILLS, chains.size(), lost);
    assertThat(chains).hasSizeGreaterThan(KILLS);
    assertThat(lost).as("the kills were under load").isPositive();
  }

  private static void kill(Nodes nodes) {
    for (int killed = 0; killed < KILLS; ) {
      LockSupport.parkNanos(
          Duration.ofMillis(ThreadLocalRandom.current().nextInt(50, 500)).toNanos());
      if (nodes.killOne(1)) {
        killed++;
      }
    }
  }

  private static List<Chain> load(Nodes nodes, AtomicBoolean isOver) {
    List<Chain> chains = new ArrayList<>();
    while (!isOver.get()) {
      Chain chain = new Chain(nodes::any);
      chain.run(REFRESHES);
      chains.add(chain);
    }
    return chains;
  }
}
