package dev.postern.core.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged as {@code dev.postern} while this is open. Thread-safe. */
public final class LoggedLines extends Handler implements AutoCloseable {
  // Held, for the log manager does not.
  private final Logger logger = Logger.getLogger("dev.postern");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public LoggedLines() {
    logger.addHandler(this);
    logger.setLevel(Level.ALL);
  }

  public List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord record) {
    lines.add(record.getLevel() + " " + record.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.setLevel(null);
    logger.removeHandler(this);
  }
}
