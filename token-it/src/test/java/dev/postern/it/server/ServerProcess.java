package dev.postern.it.server;

import dev.postern.it.Answer;
import dev.postern.it.Container;
import dev.postern.it.Folders;
import dev.postern.it.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server as a process. It ends, with all processes that it started, at {@link #close} or when
 * this JVM ends, whichever is first.
 */
final class ServerProcess implements Container {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

  /** Of other things that would change how a server starts, a machine may have plenty. */
  private static final List<String> UNWANTED =
      List.of(
          "CATALINA_HOME",
          "CATALINA_BASE",
          "JETTY_HOME",
          "JETTY_BASE",
          "JBOSS_HOME",
          "JAVA_OPTS",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "CLASSPATH");

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ServerProcess::kill)));
  }

  private final String name;
  private final Site site;
  private final Process process;
  private final Path console;
  private String output = "";

  private ServerProcess(String name, Site site, Process process, Path console) {
    this.name = name;
    this.site = site;
    this.process = process;
    this.console = console;
  }

  /**
   * Starts it and waits until the application answers.
   *
   * @throws IllegalStateException when the application does not start
   */
  static ServerProcess start(String name, Site site, List<String> command) {
    try {
      Path console = site.folder().resolve("console.txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(site.folder().toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(console.toFile());
      Map<String, String> environment = builder.environment();
      UNWANTED.forEach(environment::remove);
      environment.put("JAVA_HOME", site.jdk().toString());
      ServerProcess server = new ServerProcess(name, site, builder.start(), console);
      RUNNING.add(server);
      server.awaitApplication();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int port() {
    return site.port();
  }

  @Override
  public int tlsPort() {
    return site.tlsPort();
  }

  @Override
  public String contextPath() {
    return site.deployment().contextPath();
  }

  boolean isRunning() {
    return RUNNING.contains(this);
  }

  /** All that the server has printed, and written to log files. */
  String output() {
    return isRunning() ? readOutput() : output;
  }

  @Override
  public void close() {
    output = readOutput();
    kill();
    Folders.delete(site.folder());
  }

  /**
   * At once: nothing of it is kept, and some servers take a quarter of a minute to end well. Those
   * that it started come first, so that it is still there to fetch how they ended: else they would
   * look alive for ever, where the tests have a process namespace of their own.
   */
  private void kill() {
    List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
    all.addAll(process.descendants().toList());
    Collections.reverse(all);
    for (ProcessHandle each : all) {
      each.destroyForcibly();
      awaitEnd(each);
    }
    RUNNING.remove(this);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException ignored) {
      // The others have to end all the same. What it still writes to cannot be deleted, which
      // tells.
    }
  }

  private void awaitApplication() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!isReady()) {
        boolean hasEnded = process.waitFor(50, TimeUnit.MILLISECONDS);
        Optional<String> refusal = refusal();
        boolean isLate = System.nanoTime() > deadline;
        if (hasEnded || refusal.isPresent() || isLate) {
          String printed = (isLate ? "not in time; " : "") + readOutput();
          close();
          throw new IllegalStateException(
              name + " did not start: " + printed,
              refusal.map(IllegalStateException::new).orElse(null));
        }
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean isReady() {
    try {
      Answer answer =
          RawHttp.to(port()).within(Duration.ofSeconds(10)).send("GET", site.deployment().probe());
      if (answer.status() == 500) {
        throw new IllegalStateException(name + " is broken: " + readOutput());
      }
      return answer.status() == 200 || answer.status() == 405;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /**
   * What the filter told when it refused to start: a line, and those below it that are indented.
   */
  private Optional<String> refusal() {
    String printed = readOutput();
    int start = printed.indexOf("Postern cannot start");
    if (start < 0) {
      return Optional.empty();
    }
    List<String> lines = printed.substring(start).lines().toList();
    List<String> told = new ArrayList<>(List.of(lines.get(0)));
    lines.stream().skip(1).takeWhile(line -> line.startsWith("  ")).forEach(told::add);
    // Else it is still being written.
    return told.size() < lines.size() ? Optional.of(String.join("\n", told)) : Optional.empty();
  }

  private String readOutput() {
    try {
      return new String(Files.readAllBytes(console), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
