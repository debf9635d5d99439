package dev.postern.bench;

import dev.postern.it.Containers;
import java.util.ArrayList;
import java.util.Collection;
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
  private static final int PAIRS = 15;
  private static final int WARM_UP_REQUESTS = 60_000;
  private static final int REQUESTS = 25_000;
  private static final int STARTS = 10;

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

  private static void server(Containers container) {
    List<Double> ratios = new ArrayList<>();
    List<Double> refusals = new ArrayList<>();
    List<Double> bareMicros = new ArrayList<>();
    List<Double> micros = new ArrayList<>();
    List<Double> bareBytes = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    List<Double> refusalBytes = new ArrayList<>();
    try (Server bare = Server.start(container, App.BARE);
        Server postern = Server.start(container, App.POSTERN);
        Server refusing = Server.start(container, App.UNLIMITED);
        TokenClient toBare = bare.client();
        TokenClient toPostern = postern.client();
        TokenClient wrong = refusing.wrongClient()) {
      bare.load(toBare, WARM_UP_REQUESTS);
      postern.load(toPostern, WARM_UP_REQUESTS);
      refusing.load(wrong, WARM_UP_REQUESTS);
      for (int i = 0; i < PAIRS; i++) {
        Server.Cost base = bare.load(toBare, REQUESTS);
        Server.Cost issue = postern.load(toPostern, REQUESTS);
        Server.Cost refusal = refusing.load(wrong, REQUESTS);
        bareMicros.add(base.cpuMicros());
        micros.add(issue.cpuMicros());
        ratios.add(issue.cpuMicros() / base.cpuMicros());
        refusals.add(refusal.cpuMicros() / issue.cpuMicros());
        bareBytes.add(base.bytes());
        bytes.add(issue.bytes() - base.bytes());
        refusalBytes.add(refusal.bytes() - base.bytes());
      }
    }
    String name = container.name().toLowerCase(Locale.ROOT);
    say(name, "bare, CPU us a request       %s", Spread.of(bareMicros));
    say(name, "Postern, CPU us a request    %s", Spread.of(micros));
    say(name, "Postern to bare, CPU         %s", Spread.of(ratios));
    say(name, "refusal to issue, CPU        %s", Spread.of(refusals));
    say(name, "bare, bytes a request        %s", Spread.of(bareBytes));
    say(name, "Postern over bare, bytes     %s", Spread.of(bytes));
    say(name, "refusal over bare, bytes     %s", Spread.of(refusalBytes));
  }

  private static void start(Containers container) {
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      long[] bare = firstToken(container, App.BARE);
      long[] postern = firstToken(container, App.POSTERN);
      wall.add((double) (postern[0] - bare[0]));
      cpu.add((double) (postern[1] - bare[1]));
    }
    String name = container.name().toLowerCase(Locale.ROOT);
    say(name, "first token over bare, ms    %s", Spread.of(wall));
    say(name, "the same in CPU ms           %s", Spread.of(cpu));
  }

  private static long[] firstToken(Containers container, App app) {
    try (ChildJvm jvm = ChildJvm.start("256m", FirstToken.class, container.name(), app.name())) {
      return jvm.numbers();
    }
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
