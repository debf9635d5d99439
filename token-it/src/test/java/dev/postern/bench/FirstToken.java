package dev.postern.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.Webapp;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * From the start of a JVM to the first token: prints the milliseconds that have passed, and those
 * of CPU time, when the first answer is there.
 */
final class FirstToken {
  private FirstToken() {}

  /**
   * What it takes in a JVM of its own, which finds its WAR ready: to make one is no server's work.
   */
  static Cost of(Containers container, App app) {
    try (Webapp webapp = app.webapp();
        ChildJvm jvm =
            ChildJvm.start(
                "256m", FirstToken.class, container.name(), webapp.folder().toString())) {
      long[] millis = jvm.numbers();
      return new Cost(millis[0], millis[1]);
    }
  }

  public static void main(String[] args) {
    try (Webapp webapp = Webapp.at(Path.of(args[1]));
        Container container = Containers.valueOf(args[0]).start(webapp);
        TokenClient client = new TokenClient(container.port(), BenchClient.SECRET, 200, 1)) {
      client.send(1);
      long wall = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
      long cpu =
          ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
              / 1_000_000;
      System.out.println(wall + " " + cpu);
    }
  }

  /**
   * What the first token takes.
   *
   * @param wallMillis time that passes
   * @param cpuMillis CPU time of the process
   */
  record Cost(long wallMillis, long cpuMillis) {}
}
