package dev.postern.it.contract;

import dev.postern.it.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Counts what passed in each server, and writes {@code target/containers.md}. Of one thread. */
final class ServerTable implements TestWatcher, AfterAllCallback {
  private final Map<Server, int[]> counts = new EnumMap<>(Server.class);

  @Override
  public void testSuccessful(ExtensionContext context) {
    count(context, 0);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    count(context, 1);
  }

  private void count(ExtensionContext context, int which) {
    context
        .getTestInstances()
        .flatMap(instances -> instances.findInstance(ServersIT.class))
        .ifPresent(test -> counts.computeIfAbsent(test.server(), unused -> new int[2])[which]++);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getRequiredTestClass() != ServersIT.class) {
      return;
    }
    StringBuilder table =
        new StringBuilder(
            "| server | version | Servlet | JDK | passed | failed | start, s |\n"
                + "|---|---|---|---|---|---|---|\n");
    counts.forEach(
        (server, count) ->
            table.append(
                "| %s | %s | %s | %s | %d | %d | %s |%n"
                    .formatted(
                        server.product(),
                        server.version(),
                        server.servlet(),
                        server.jdk().version(),
                        count[0],
                        count[1],
                        start(server))));
    try {
      Path servers = Path.of(System.getProperty("postern.it.servers"));
      Files.writeString(servers.resolveSibling("containers.md"), table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String start(Server server) {
    return Optional.ofNullable(server.startTime())
        .map(time -> "%.1f".formatted(time.toMillis() / 1000.0))
        .orElse("-");
  }
}
