package dev.postern.bench;

import dev.postern.it.Containers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the parts of the benchmark that its argument names, with commas between them, or {@code
 * all}, and prints the ratios that matter. What is set against each other runs in turns, in one
 * run.
 */
final class Benchmarks {
  private static final int TURNS = 15;
  private static final int WARM_UP_REQUESTS = 60_000;
  private static final int REQUESTS = 25_000;

  /**
   * What Spring's store in memory is asked for: it keeps all tokens for ever, some 2 KB each, and
   * with as many as the others it would be measured how a collector fares in a full heap.
   */
  private static final int FEWER_REQUESTS = 5_000;

  private static final int STARTS = 10;
  private static final List<App> STARTED = List.of(App.BARE, App.POSTERN, App.NIMBUS, App.SPRING);

  private Benchmarks() {}

  public static void main(String[] args) throws RunnerException {
    Set<String> parts = Set.of(args[0].split(",", -1));
    boolean isAll = parts.contains("all");
    if (isAll || parts.contains("core")) {
      core();
    }
    if (isAll || parts.contains("wire")) {
      print(jmh("WireBenchmark"));
    }
    if (isAll || parts.contains("store")) {
      store();
      growth();
      heap();
    }
    if (isAll || parts.contains("jdbc")) {
      jdbc();
    }
    if (isAll || parts.contains("server")) {
      for (Containers container : Containers.values()) {
        server(container);
      }
    }
    if (isAll || parts.contains("start")) {
      for (Containers container : Containers.values()) {
        start(container);
      }
      say(
          "jars",
          "%.0f KB of code together, %.0f KB of texts",
          Jars.kilobytesOfCode(),
          Jars.kilobytesOfTexts());
    }
  }

  private static void core() throws RunnerException {
    Map<String, Double> nanos = print(jmh("CoreBenchmark"));
    double issue = nanos.get("issue");
    say("core", "issue to its primitives     %.2f", issue / nanos.get("issuePrimitives"));
    say("core", "refusal to issue            %.2f", nanos.get("refuseWrongSecret") / issue);
  }

  private static void store() throws RunnerException {
    Map<String, Double> nanos = print(jmh("StoreBenchmark"));
    say("store", "find at 1,000,000 to a hot 1,000   %.2f", growth(nanos, "find", "make"));
    say("store", "rotate at 1,000,000 to a hot 1,000 %.2f", growth(nanos, "rotate", "makeThree"));
  }

  private static double growth(Map<String, Double> nanos, String call, String making) {
    return (nanos.get(call + " of 1000000") - nanos.get(making + " of 1000000"))
        / (nanos.get(call + " of 1000") - nanos.get(making + " of 1000"));
  }

  private static void growth() {
    try (ChildJvm jvm = ChildJvm.start("3g", StoreGrowth.class)) {
      long[] percent = jvm.numbers();
      say("store", "find at 1,000,000 to 1,000, caches alike   %.2f", percent[0] / 100.0);
      say("store", "rotate at 1,000,000 to 1,000, caches alike %.2f", percent[1] / 100.0);
    }
  }

  private static void heap() {
    try (ChildJvm jvm = ChildJvm.start("2g", HeldHeap.class)) {
      long[] bytes = jvm.numbers();
      say("store", "heap of an access token held %d B", bytes[0]);
      say("store", "heap of a family held        %d B", bytes[1]);
    }
  }

  private static void jdbc() {
    for (JdbcGrowth.Growth growth : JdbcGrowth.measure()) {
      say("jdbc", "%-8s with 1,000 rows, us      %s", growth.call(), Spread.of(growth.small()));
      say("jdbc", "%-8s with 1,000,000, us       %s", growth.call(), Spread.of(growth.large()));
      say("jdbc", "%-8s at 1,000,000 to 1,000    %s", growth.call(), Spread.of(growth.ratios()));
      say("jdbc", "%-8s the same of the best     %.2f", growth.call(), growth.ofBest());
    }
  }

  /** Two at a time: with a third between its turns, each would find the caches empty. */
  private static void server(Containers container) {
    for (App app : List.of(App.POSTERN, App.NIMBUS, App.SPRING)) {
      int requests = app == App.SPRING ? FEWER_REQUESTS : REQUESTS;
      try (Side bare = Side.issuing(container, App.BARE, requests);
          Side side = Side.issuing(container, app, requests)) {
        takeTurns(bare, side);
        sayToBare(name(container), name(app), side, bare);
      }
    }
    try (Side issuing = Side.issuing(container, App.POSTERN, REQUESTS);
        Side refusing = Side.refusing(container, App.UNLIMITED, REQUESTS)) {
      takeTurns(issuing, refusing);
      say(name(container), "refusal to issue, CPU        %s", refusing.cpuTo(issuing));
      say(name(container), "refusal over issue, bytes    %s", refusing.bytesOver(issuing));
    }
  }

  private static void takeTurns(Side one, Side other) {
    one.warmUp(WARM_UP_REQUESTS);
    other.warmUp(WARM_UP_REQUESTS);
    for (int i = 0; i < TURNS; i++) {
      one.takeTurn();
      other.takeTurn();
    }
  }

  private static void sayToBare(String container, String side, Side measured, Side bare) {
    say(container, "bare    CPU us a request     %s", bare.cpuMicros());
    say(container, "%-7s CPU us a request     %s", side, measured.cpuMicros());
    say(container, "%-7s to bare, CPU         %s", side, measured.cpuTo(bare));
    say(container, "%-7s over bare, bytes     %s", side, measured.bytesOver(bare));
  }

  private static void start(Containers container) {
    Map<App, List<FirstToken.Cost>> starts = new EnumMap<>(App.class);
    for (int i = 0; i < STARTS; i++) {
      for (App app : STARTED) {
        starts.computeIfAbsent(app, any -> new ArrayList<>()).add(FirstToken.of(container, app));
      }
    }
    List<FirstToken.Cost> bare = starts.remove(App.BARE);
    starts.forEach((app, costs) -> sayOverBare(name(container), name(app), costs, bare));
  }

  private static void sayOverBare(
      String container, String app, List<FirstToken.Cost> costs, List<FirstToken.Cost> bare) {
    say(
        container,
        "%-7s first token over bare, ms   %s",
        app,
        Spread.of(costs, bare, (own, its) -> own.wallMillis() - its.wallMillis()));
    say(
        container,
        "%-7s the same in CPU ms          %s",
        app,
        Spread.of(costs, bare, (own, its) -> own.cpuMillis() - its.cpuMillis()));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Collection<RunResult> jmh(String benchmark) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include("\\." + benchmark + "\\.")
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xmx3g")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build())
        .run();
  }

  /**
   * Prints time and allocation of each, and gives back the best times: neighbours only slow down.
   */
  private static Map<String, Double> print(Collection<RunResult> results) {
    Map<String, Double> nanos = new HashMap<>();
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      String held = result.getParams().getParam("held");
      String name = time.getLabel() + (held == null ? "" : " of " + held);
      nanos.put(name, time.getStatistics().getMin());
      say(
          "jmh",
          "%-28s %8.1f ns (%.1f to %.1f) %8.0f B",
          name,
          time.getScore(),
          time.getStatistics().getMin(),
          time.getStatistics().getMax(),
          bytes.getScore());
    }
    return nanos;
  }

  private static void say(String part, String format, Object... figures) {
    System.out.printf(Locale.ROOT, "%-7s" + format + "%n", prepend(part, figures));
  }

  private static Object[] prepend(String part, Object[] figures) {
    List<Object> all = new ArrayList<>(List.of(part));
    all.addAll(List.of(figures));
    return all.toArray();
  }
}
