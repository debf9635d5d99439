package dev.postern.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.Webapp;
import java.lang.management.ManagementFactory;

/**
 * From the start of a JVM to the first token: prints the milliseconds that have passed, and those
 * of CPU time, when the first answer is there.
 */
final class FirstToken {
  private FirstToken() {}

  public static void main(String[] args) {
    try (Webapp webapp = App.valueOf(args[1]).webapp();
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
}
