package dev.postern.it.database;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A database server as a process that ends with this JVM, however this JVM ends. */
final class ServerProcess {
  /**
   * The shell waits for the name of a signal. When this JVM is gone the pipe is at its end, and the
   * server is sent the last signal.
   */
  private static final String SCRIPT =
      "\"$@\" >>\"$LOG\" 2>&1 & read -r signal; kill -s \"${signal:-$LAST}\" $!; wait $!";

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Process shell;
  private final Writer in;

  private ServerProcess(Process shell) {
    this.shell = shell;
    this.in = shell.outputWriter(StandardCharsets.US_ASCII);
  }

  /**
   * Starts a server and waits until its port takes connections.
   *
   * @param last the signal to end it with when this JVM is gone
   * @param log where what it says is added
   */
  static ServerProcess start(List<String> command, String last, Path log, int port) {
    List<String> all = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().put("LOG", log.toString());
    builder.environment().put("LAST", last);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      ServerProcess process = new ServerProcess(builder.start());
      process.await(port, log);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the server this signal, as in {@code INT}, and waits for its end. */
  void end(String signal) {
    try {
      in.write(signal + "\n");
      in.flush();
      if (!shell.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        throw new IllegalStateException("the server did not end at " + signal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void await(int port, Path log) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!takesConnections(port)) {
      if (System.nanoTime() > deadline) {
        end("KILL");
        throw new IllegalStateException("the server did not start: " + text(log));
      }
    }
  }

  private static boolean takesConnections(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      // Nothing on this machine refuses faster than it can start: a pause spares the processor.
      pause();
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs a command to its end. */
  static void run(List<String> command) {
    try {
      Path out = Files.createTempFile("command", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      int exit = process.waitFor();
      String said = Files.readString(out);
      Files.delete(out);
      if (exit != 0) {
        throw new IllegalStateException(command.get(0) + " ended with " + exit + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A port of the loopback interface that is free now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path log) {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
