package dev.postern.it.server;

import dev.postern.it.Answer;
import dev.postern.it.AppLog;
import dev.postern.it.Container;
import dev.postern.it.RawHttp;
import dev.postern.it.app.LogServlet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the applications of some server processes have logged, asked of their {@link LogServlet}.
 */
final class ServerLog implements AppLog {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<ServerProcess> servers;

  private ServerLog(List<ServerProcess> servers) {
    this.servers = servers;
  }

  static ServerLog ofAll() {
    return new ServerLog(new ArrayList<>());
  }

  @Override
  public AppLog in(Container container) {
    ServerProcess server = (ServerProcess) container;
    servers.add(server);
    return new ServerLog(List.of(server));
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (ServerProcess server : servers) {
      if (server.isRunning()) {
        lines.addAll(List.of(ask(server, "").text().split(LogServlet.SEPARATOR, -1)));
      }
    }
    return lines;
  }

  @Override
  public String lineWith(String text) {
    if (servers.size() == 1) {
      return lineWith(servers.get(0), text);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> found = List.of();
    while (found.isEmpty() && System.nanoTime() < deadline) {
      found = lines().stream().filter(line -> line.contains(text)).toList();
    }
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " lines contain " + text + ": " + lines());
    }
    return found.get(0);
  }

  private static String lineWith(ServerProcess server, String text) {
    Answer answer = ask(server, "?with=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
    return answer.text();
  }

  /** What the servers printed themselves is part of it. */
  @Override
  public String everything() {
    return servers.stream()
        .map(
            server ->
                server.output() + (server.isRunning() ? ask(server, "?everything").text() : ""))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {}

  private static Answer ask(ServerProcess server, String query) {
    return RawHttp.to(server.port()).send("GET", server.contextPath() + "/log" + query);
  }
}
