package dev.postern.it.demo;

import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.Deployment;
import dev.postern.it.Webapp;
import java.io.PrintStream;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/**
 * The sample WAR on embedded Jetty, until Ctrl-C; with a database twice, as two nodes that share
 * it.
 */
public final class Demo {
  private static final PrintStream OUT = System.out;

  /** Held, as the log manager itself holds loggers, with their handlers, weakly. */
  private static final Logger LOG = Logger.getLogger("dev.postern");

  private Demo() {}

  /**
   * Starts it.
   *
   * @param arguments none; the system property {@code port} is the port, 8080 where it is not set;
   *     {@code database} is {@code postgres}, or empty for none
   */
  public static void main(String[] arguments) throws InterruptedException {
    String port = System.getProperty("port", "8080");
    Optional<Integer> number = number(port);
    if (number.isEmpty()) {
      fail("The port is a number from 0 to 65535, not " + port + ".");
      return;
    }
    String database = System.getProperty("database", "");
    if (!database.isEmpty() && !database.equals("postgres")) {
      fail("The database is postgres or none, not " + database + ".");
      return;
    }
    showLog();
    List<Integer> ports = List.of(number.get());
    if (!database.isEmpty()) {
      SharedPostgres.start();
      ports = List.of(number.get(), number.get() == 0 ? 0 : number.get() + 1);
    }
    List<Container> nodes = new ArrayList<>();
    for (int each : ports) {
      try {
        nodes.add(Containers.jetty().start(node(each)));
      } catch (IllegalStateException e) {
        fail(sentence(e, each));
        return;
      }
    }
    CountDownLatch forever = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(nodes), "demo-stop"));
    DemoLines.print(OUT, nodes, DemoState.make(nodes.get(0)));
    OUT.flush();
    forever.await();
  }

  /** With metadata, where the port is known before it starts. */
  private static Deployment node(int port) {
    Deployment deployment = Deployment.of(Webapp.sample()).onPort(port);
    return port == 0
        ? deployment
        : deployment.with(Map.of("postern.issuer", "http://127.0.0.1:" + port + "/oauth"));
  }

  private static void stop(List<Container> nodes) {
    nodes.forEach(Container::close);
    OUT.println();
    OUT.println("The demo has ended.");
    OUT.flush();
  }

  private static void fail(String sentence) {
    System.err.println(sentence);
    System.err.flush();
    // At once, so that Maven does not explain the failure once more.
    System.exit(1);
  }

  private static String sentence(IllegalStateException failure, int port) {
    boolean taken = causes(failure).anyMatch(BindException.class::isInstance);
    return taken
        ? "Port " + port + " is taken: stop what listens there, or say another with -Dport=8081."
        : "" + failure.getMessage();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  private static Optional<Integer> number(String port) {
    return port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65535
        ? Optional.of(Integer.valueOf(port))
        : Optional.empty();
  }

  /** Postern's log lines, one line each, where the visitor sees them. */
  private static void showLog() {
    LOG.addHandler(new LogLines());
  }

  private static final class LogLines extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    LogLines() {
      setLevel(Level.INFO);
    }

    @Override
    public void publish(LogRecord line) {
      if (isLoggable(line)) {
        OUT.println("log: " + line.getLevel() + " " + formatter.formatMessage(line));
        OUT.flush();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
