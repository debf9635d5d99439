package dev.postern.servlet.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.System.Logger;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Figures are shown to JMX and to Micrometer, as long as the filter is there")
class PublicationTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
  private static final Logger LOG = System.getLogger("test");
  private static final FigureNames NAMES = new FigureNames("/shop,a=b*", "oauth");
  private static final ClassLoader HERE = PublicationTest.class.getClassLoader();

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final Figures figures = new Figures(new StoreState("memory", () -> 7), () -> 3);

  private static Set<ObjectName> beans() throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("dev.postern:type=TokenEndpoint,*"), null);
  }

  @Test
  void jmx_shows_them_in_open_types() throws Exception {
    try (Publication publication = Publication.of(figures, NAMES, HERE, LOG)) {
      figures.codeIssued();
      figures.issued(false);
      figures.refused(StandardReason.STORE_UNAVAILABLE, "connection refused", NOW);
      figures.took(TimeUnit.MILLISECONDS.toNanos(2));
      figures.took(TimeUnit.MILLISECONDS.toNanos(2) + 1);
      figures.took(TimeUnit.HOURS.toNanos(1));

      ObjectName name = beans().iterator().next();

      assertThat(publication).isNotNull();
      assertThat(ObjectName.unquote(name.getKeyProperty("context"))).isEqualTo("/shop,a=b*");
      assertThat(ObjectName.unquote(name.getKeyProperty("filter"))).isEqualTo("oauth");
      assertThat(server.getAttribute(name, "CodesIssued")).isEqualTo(1L);
      assertThat(server.getAttribute(name, "Issued")).isEqualTo(1L);
      assertThat(server.getAttribute(name, "StoreEntries")).isEqualTo(7L);
      assertThat(server.getAttribute(name, "TracesDropped")).isEqualTo(3L);
      assertThat(server.getAttribute(name, "LastFailure"))
          .isEqualTo("2026-11-22T14:00:00Z TOK9001 STORE_UNAVAILABLE connection refused");
      TabularData latency = (TabularData) server.getAttribute(name, "LatencyMillis");
      assertThat(latency.get(new Object[] {2}).get("value")).isEqualTo(1L);
      assertThat(latency.get(new Object[] {5}).get("value")).isEqualTo(1L);
      assertThat(latency.get(new Object[] {Integer.MAX_VALUE}).get("value")).isEqualTo(1L);
      assertThat(latency.size()).isEqualTo(13);
    }
    assertThat(beans()).isEmpty();
  }

  @Test
  @DisplayName("two applications of one path, on two hosts, have a bean each")
  void namesakes() throws Exception {
    Publication one = Publication.of(figures, NAMES, HERE, LOG);
    Publication other =
        Publication.of(new Figures(StoreState.of("other"), () -> 0), NAMES, HERE, LOG);
    assertThat(beans()).hasSize(2);

    one.close();
    assertThat(beans()).hasSize(1);
    other.close();
    assertThat(beans()).isEmpty();
  }

  @Test
  void micrometer_shows_them_where_it_is() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics.addRegistry(registry);
    try (Publication publication = Publication.of(figures, NAMES, HERE, LOG)) {
      assertThat(publication).isNotNull();
      figures.codeIssued();
      figures.issued(false);
      figures.refused(StandardReason.CODE_SPENT, "", NOW);
      figures.refused(StandardReason.CODE_SPENT, "", NOW);
      figures.took(TimeUnit.MILLISECONDS.toNanos(3));

      assertThat(registry.get("postern.codes.issued").functionCounter().count()).isOne();
      assertThat(registry.get("postern.issued").functionCounter().count()).isOne();
      assertThat(
              registry
                  .get("postern.refused")
                  .tags("cause", "TOK3103 CODE_SPENT", "filter", "oauth")
                  .functionCounter()
                  .count())
          .isEqualTo(2);
      assertThat(registry.get("postern.requests").functionTimer().totalTime(TimeUnit.MILLISECONDS))
          .isEqualTo(3);
      assertThat(registry.get("postern.traces.dropped").functionCounter().count()).isEqualTo(3);
      assertThat(registry.get("postern.store.entries").gauge().value()).isEqualTo(7);
    } finally {
      List<Meter> left = registry.getMeters();
      Metrics.removeRegistry(registry);
      assertThat(left).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "a request that is still on its way when the application goes leaves no meter behind")
  void nothing_is_counted_after_the_end() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics.addRegistry(registry);
    Meters meters = new Meters(figures, NAMES);
    meters.close();

    meters.countRefusals("TOK3103 CODE_SPENT");

    List<Meter> left = registry.getMeters();
    Metrics.removeRegistry(registry);
    assertThat(left).isEmpty();
  }

  @Test
  @DisplayName("where Micrometer is not, nothing of it is looked for but the one name")
  void without_micrometer() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics.addRegistry(registry);
    try (Publication publication =
        Publication.of(figures, NAMES, ClassLoader.getPlatformClassLoader(), LOG)) {
      figures.refused(StandardReason.CODE_SPENT, "", NOW);

      assertThat(publication).isNotNull();
      assertThat(beans()).hasSize(1);
      assertThat(registry.getMeters()).isEmpty();
    } finally {
      Metrics.removeRegistry(registry);
    }
  }

  @Test
  void of_lock_outs_the_latest_hundred_are_kept() {
    for (int i = 0; i < 150; i++) {
      figures.lockedOut("c" + i, "192.0.2.7", NOW.plusSeconds(i));
    }
    figures.lockedOut("c60", "192.0.2.7", NOW.plusSeconds(60 + 59));

    assertThat(figures.getLockedOut()).isEqualTo(150);
    assertThat(figures.getRecentLockOuts())
        .hasSize(100)
        .first()
        .isEqualTo(NOW.plusSeconds(60) + " client=\"c60\" source=\"192.0.2.7\" refused=2");
  }
}
