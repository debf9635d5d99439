package dev.postern.it.cluster;

import dev.postern.it.Folders;
import dev.postern.it.RawHttp;
import dev.postern.it.Webapp;
import dev.postern.it.database.Database;
import dev.postern.it.naming.NodeClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A running {@link NodeMain}, in a process that ends with this one. What it logs is in {@code
 * target/it/nodes.txt}.
 */
final class Node implements AutoCloseable {
  private final Process process;
  private final RawHttp http;

  private Node(Process process, int port) {
    this.process = process;
    this.http = RawHttp.to(port);
  }

  /**
   * What a node is started with.
   *
   * @param clock how much its clock is ahead; negative: behind
   */
  record Options(Webapp webapp, Database database, int poolSize, Duration clock) {
    Options withClock(Duration ahead) {
      return new Options(webapp, database, poolSize, ahead);
    }

    Options withDatabase(Database other) {
      return new Options(webapp, other, poolSize, clock);
    }
  }

  /** Starts a node, and does not wait until it is ready. */
  static Starting begin(Options options) {
    try {
      return new Starting(
          new ProcessBuilder(command(options))
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(Folders.root().resolve("nodes.txt").toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a node, and waits until it takes requests. */
  static Node start(Options options) {
    return begin(options).ready();
  }

  RawHttp http() {
    return http;
  }

  /** Ends it in the middle of whatever it does (SIGKILL). */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Stops it until it is to go on (SIGSTOP). */
  void pause() {
    signal("STOP");
  }

  /** Lets it go on (SIGCONT). */
  void resume() {
    signal("CONT");
  }

  @Override
  public void close() {
    kill();
  }

  private void signal(String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill ended with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> command(Options options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What starts and ends this often is not worth a better compiler.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.add("-Dpostern.it.loud=true");
    command.add("-Dpostern.it.war=" + System.getProperty("postern.it.war"));
    if (!options.clock().isZero()) {
      command.add("-javaagent:" + ClockAgent.jar(Folders.root()));
      command.add("-D" + NodeClock.OFFSET + "=" + options.clock());
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(NodeMain.class.getName());
    command.add(options.webapp().folder().toString());
    command.add(options.database().driver());
    command.add(options.database().url());
    command.add(options.database().user());
    command.add(String.valueOf(options.poolSize()));
    return command;
  }

  /** A node that is not ready yet. */
  record Starting(Process process) {
    /** Waits until it takes requests. */
    Node ready() {
      // Not closed: the node would get nowhere with what it prints.
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      try {
        String port = out.readLine();
        if (port == null) {
          throw new IllegalStateException("a node ended before it was ready");
        }
        return new Node(process, Integer.parseInt(port));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
