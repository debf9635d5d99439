package dev.postern.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.Webapp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * A server in a JVM of its own: prints its port, and for each line that it reads the CPU time of
 * the process in nanoseconds and the bytes that its threads have allocated. Ends with its input.
 */
final class ServerMain {
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<Long, Long> allocatedByThread = new HashMap<>();
  private long allocated;

  private ServerMain() {}

  public static void main(String[] args) throws IOException {
    try (Webapp webapp = App.valueOf(args[1]).webapp();
        Container container = Containers.valueOf(args[0]).start(webapp)) {
      System.out.println(container.port());
      ServerMain counters = new ServerMain();
      while (System.in.read() >= 0) {
        System.out.println(counters.process.getProcessCpuTime() + " " + counters.allocated());
      }
    }
  }

  /** Thread by thread, so that one that has ended takes nothing back. */
  private long allocated() {
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != Thread.currentThread().getId() && bytes[i] >= 0) {
        Long before = allocatedByThread.put(ids[i], bytes[i]);
        allocated += bytes[i] - (before == null ? 0 : before);
      }
    }
    return allocated;
  }
}
