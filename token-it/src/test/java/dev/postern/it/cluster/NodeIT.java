package dev.postern.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.it.Answer;
import dev.postern.it.RawHttp;
import dev.postern.it.Webapp;
import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The nodes themselves: that they are as the tests of the cluster rely on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NodeIT {
  private final Database database = Databases.POSTGRES.create();

  @Test
  void a_node_serves_and_has_the_database() {
    try (Webapp webapp = ShopApp.alone().explode();
        Node node = Node.start(options(webapp))) {
      assertThat(node.http().send("GET", "/source?name=jdbc/postern").text())
          .isEqualTo("PostgreSQL");
      assertThat(Tokens.in(ShopClient.redeem(node.http(), ShopClient.code(node.http()))).refresh())
          .hasSize(65);
      assertThat(secondsAhead(node)).isBetween(-5L, 5L);
    }
  }

  @Test
  void a_clock_can_be_wrong() {
    try (Webapp webapp = ShopApp.alone().explode();
        Node ahead = Node.start(options(webapp).withClock(Duration.ofMinutes(10)));
        Node behind = Node.start(options(webapp).withClock(Duration.ofMinutes(-10)))) {
      assertThat(secondsAhead(ahead)).isBetween(595L, 605L);
      assertThat(secondsAhead(behind)).isBetween(-605L, -595L);
    }
  }

  @Test
  void a_node_pauses_goes_on_and_is_killed() {
    try (Webapp webapp = ShopApp.alone().explode();
        Node node = Node.start(options(webapp))) {
      node.pause();
      RawHttp impatient = node.http().within(Duration.ofMillis(300));
      assertThatThrownBy(() -> ShopClient.askForCode(impatient))
          .isInstanceOf(UncheckedIOException.class);
      node.resume();
      ShopClient.code(node.http());

      node.kill();
      assertThatThrownBy(() -> ShopClient.askForCode(node.http()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("refused");
    }
  }

  private Node.Options options(Webapp webapp) {
    return new Node.Options(webapp, database, 2, Duration.ZERO);
  }

  /** By the time that a refusal tells. */
  private static long secondsAhead(Node node) {
    Answer refusal = ShopClient.redeem(node.http(), "none");
    String told = refusal.json().getString("timestamp");
    return Duration.between(InstantSource.system().instant(), Instant.parse(told.replace(' ', 'T')))
        .toSeconds();
  }
}
