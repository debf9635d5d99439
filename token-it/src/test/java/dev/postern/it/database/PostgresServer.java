package dev.postern.it.database;

import dev.postern.it.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL server on 127.0.0.1, out of an ordinary artifact; runs as root as well. Commits are
 * not forced to the disk: no test ends the machine, only processes.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String USER = "postgres";
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Path binaries;
  private final Path folder;
  private final int port;
  private ServerProcess process;

  private PostgresServer(Path binaries, Path folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
  }

  /** The one that all tests of this JVM share; ends with it. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** One for a test that stops it. */
  public static PostgresServer start() {
    try {
      Path binaries = Binaries.tarXz("postgres-18.6.0", "postgres-linux-x86_64.txz");
      Path folder = Folders.create("postgres");
      PostgresServer server = new PostgresServer(binaries, folder, ServerProcess.freePort());
      server.initialise();
      server.startAgain();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fresh database in it. */
  public Database create() {
    String name = "test" + NAMES.incrementAndGet();
    database("postgres").execute("CREATE DATABASE " + name);
    return database(name);
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Stops it: open transactions are rolled back, connections closed. */
  public void stop() {
    process.end("INT");
  }

  /** Stops it at once, as if it had crashed: it recovers at its next start. */
  public void kill() {
    process.end("QUIT");
  }

  /** Starts what was stopped, with the same data on the same port. */
  public void startAgain() {
    process =
        ServerProcess.start(
            command(
                "postgres",
                List.of(
                    "-D",
                    data(),
                    "-p",
                    String.valueOf(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "max_connections=500",
                    "-c",
                    "shared_buffers=64MB",
                    "-c",
                    "fsync=off",
                    "-c",
                    "full_page_writes=off")),
            "QUIT",
            folder.resolve("log.txt"),
            port);
    awaitLogin();
  }

  /** It takes connections a moment before it lets anybody in. */
  private void awaitLogin() {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try (Connection connection = database("postgres").connect()) {
        connection.setReadOnly(true);
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("nobody is let in", e);
        }
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }

  @Override
  public void close() {
    kill();
    Folders.delete(folder);
  }

  private void initialise() {
    ServerProcess.run(
        command(
            "initdb",
            List.of("-D", data(), "-A", "trust", "-U", USER, "-E", "UTF8", "--no-locale", "-N")));
  }

  /** PostgreSQL refuses to be root: in a user namespace it is not, but may write what root may. */
  private List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private Database database(String name) {
    return Database.postgres("127.0.0.1", port, name, USER);
  }

  private static final class Shared {
    static final PostgresServer SERVER = start();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "postgres-stop"));
    }
  }
}
