package dev.postern.servlet.figures;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The figures as meters of Micrometer's global registry, which asks for them when it wants them.
 * The only class that knows Micrometer; loaded where that is there.
 */
final class Meters {
  private final MeterRegistry registry = Metrics.globalRegistry;
  private final List<Meter> meters = new ArrayList<>();
  private final Figures figures;
  private final Tags tags;
  private boolean isClosed;

  Meters(Figures figures, FigureNames names) {
    this.figures = figures;
    this.tags = Tags.of("context", names.contextPath(), "filter", names.filter());
    count("postern.codes.issued", tags, Figures::getCodesIssued);
    count("postern.issued", tags, Figures::getIssued);
    count("postern.repeated", tags, Figures::getRepeated);
    count("postern.replayed", tags, Figures::getReplayed);
    count("postern.revoked", tags, Figures::getRevoked);
    count("postern.locked.out", tags, Figures::getLockedOut);
    count("postern.traces.dropped", tags, Figures::getTracesDropped);
    meters.add(
        FunctionTimer.builder(
                "postern.requests",
                figures.latency(),
                Latency::count,
                Latency::totalNanos,
                TimeUnit.NANOSECONDS)
            .tags(tags)
            .register(registry));
    meters.add(
        Gauge.builder("postern.store.entries", figures, Figures::getStoreEntries)
            .tags(tags)
            .register(registry));
  }

  /** Refusals for this cause, too; a request may still be on its way when this is closed. */
  synchronized void countRefusals(String cause) {
    if (!isClosed) {
      count("postern.refused", tags.and("cause", cause), all -> all.refused(cause));
    }
  }

  private void count(String name, Tags tagged, ToDoubleFunction<Figures> figure) {
    meters.add(FunctionCounter.builder(name, figures, figure).tags(tagged).register(registry));
  }

  synchronized void close() {
    isClosed = true;
    meters.forEach(registry::remove);
  }
}
