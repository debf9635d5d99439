package dev.postern.bench;

import com.sun.management.ThreadMXBean;
import dev.postern.it.Containers;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/**
 * Holds what is steady enough to be held: jars, allocation, heap, growth. Prints a line for each,
 * and ends with status 1 when one is over its limit. Times are compared within this run only.
 */
final class Gates {
  private static final int KILO = 1_024;

  private boolean isHeld = true;

  private Gates() {}

  public static void main(String[] args) {
    Gates gates = new Gates();
    gates.hold("our two jars, code", Jars.kilobytesOfCode(), 665, "KB");
    gates.hold("without database and pages", Jars.kilobytesOfEndpoint(), 550, "KB");
    gates.hold("our two jars, texts of the pages", Jars.kilobytesOfTexts(), 58, "KB");
    gates.hold("core, an issue allocates", allocated(new CoreEndpoint()::issue), 3 * KILO, "B");
    gates.hold("core, a refusal allocates", allocated(new CoreEndpoint()::refuse), 3 * KILO, "B");
    for (Containers container : Containers.values()) {
      gates.hold(container + ", a request over bare", overBare(container), 4 * KILO, "B");
    }
    try (ChildJvm jvm = ChildJvm.start("2g", HeldHeap.class)) {
      long[] bytes = jvm.numbers();
      gates.hold("store, an access token held", (double) bytes[0], 250, "B");
      gates.hold("store, a family held", (double) bytes[1], 250, "B");
    }
    try (ChildJvm jvm = ChildJvm.start("3g", StoreGrowth.class)) {
      long[] percent = jvm.numbers();
      gates.hold("store, find at 1,000,000 to 1,000", percent[0] / 100.0, 4, "x");
      gates.hold("store, rotate at 1,000,000 to 1,000", percent[1] / 100.0, 4, "x");
    }
    if (!gates.isHeld) {
      System.exit(1);
    }
  }

  private void hold(String what, double figure, double limit, String unit) {
    boolean isWithin = figure <= limit;
    isHeld &= isWithin;
    System.out.printf(
        Locale.ROOT,
        "gate  %-40s %8.1f %-2s  at most %5.0f  %s%n",
        what,
        figure,
        unit,
        limit,
        isWithin ? "holds" : "BROKEN");
  }

  /** The bytes that a call allocates, once the compiler has done its work. */
  private static double allocated(Supplier<?> call) {
    int calls = 200_000;
    repeat(call, calls);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(self);
    repeat(call, calls);
    return (threads.getThreadAllocatedBytes(self) - before) / (double) calls;
  }

  private static void repeat(Supplier<?> call, int times) {
    for (int i = 0; i < times; i++) {
      Objects.requireNonNull(call.get());
    }
  }

  /** The bytes that a whole server allocates more for a request than one with a bare servlet. */
  private static double overBare(Containers container) {
    return allocated(container, App.POSTERN) - allocated(container, App.BARE);
  }

  /** The least of three JVMs: how much the compiler can do without differs from one to the next. */
  private static double allocated(Containers container, App app) {
    return DoubleStream.generate(() -> allocatedOnce(container, app)).limit(3).min().orElseThrow();
  }

  private static double allocatedOnce(Containers container, App app) {
    try (Server server = Server.start(container, app);
        TokenClient client = server.client()) {
      server.load(client, 120_000);
      return server.load(client, 20_000).bytes();
    }
  }
}
