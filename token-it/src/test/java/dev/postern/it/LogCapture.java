package dev.postern.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What Postern logs while this is open, whichever class loader it runs in: {@code System.Logger}
 * writes to java.util.logging, which there is once per JVM.
 */
public final class LogCapture implements AppLog {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Logger logger;
  private final Level levelBefore;
  private final List<LogRecord> records = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final Handler handler = new Collector();

  private LogCapture(Logger logger) {
    this.logger = logger;
    this.levelBefore = logger.getLevel();
  }

  /** Begins to collect what Postern logs, at every level. */
  public static LogCapture start() {
    return of("dev.postern");
  }

  /** Begins to collect what this logger and those below it get, at every level. */
  public static LogCapture of(String name) {
    LogCapture capture = new LogCapture(Logger.getLogger(name));
    capture.logger.setLevel(Level.ALL);
    capture.logger.addHandler(capture.handler);
    return capture;
  }

  /** All so far. */
  public synchronized List<LogRecord> records() {
    return List.copyOf(records);
  }

  @Override
  public synchronized List<String> lines() {
    return List.copyOf(messages);
  }

  /**
   * The one record whose message contains this text, say a trace id. The server may write it after
   * the answer has come, so this waits a while for it.
   */
  public synchronized LogRecord recordWith(String text) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<LogRecord> found = containing(text);
    while (found.isEmpty() && System.nanoTime() < deadline) {
      await(deadline);
      found = containing(text);
    }
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " lines contain " + text + ": " + lines());
    }
    return found.get(0);
  }

  @Override
  public String lineWith(String text) {
    return message(recordWith(text));
  }

  @Override
  public String everything() {
    SimpleFormatter formatter = new SimpleFormatter();
    StringBuilder text = new StringBuilder();
    records().forEach(line -> text.append(formatter.format(line)));
    return text.toString();
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setLevel(levelBefore);
  }

  private List<LogRecord> containing(String text) {
    List<LogRecord> found = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).contains(text)) {
        found.add(records.get(i));
      }
    }
    return found;
  }

  private void await(long deadline) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private synchronized void add(LogRecord line) {
    records.add(line);
    messages.add(message(line));
    notifyAll();
  }

  private static String message(LogRecord line) {
    return new SimpleFormatter().formatMessage(line);
  }

  private final class Collector extends Handler {
    @Override
    public void publish(LogRecord line) {
      line.getSourceMethodName(); // Inferred from the stack, so not later.
      add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
