package dev.postern.core.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Cuts the wait for a connection short. Pools are often set to wait for half a minute or for ever;
 * a client that asks for a token is to be told within two seconds that there is none. The waiting
 * thread is interrupted, which is what all pools heed. Thread-safe; has one thread of its own.
 */
final class PoolWait implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "postern-pool-wait");
            thread.setDaemon(true);
            return thread;
          });

  PoolWait() {
    timer.setRemoveOnCancelPolicy(true);
    // A request may still be under way when this is closed.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * A connection.
   *
   * @param deadline by {@link System#nanoTime}
   * @throws SQLException when the pool has none until then, or fails in whatever way
   */
  Connection connection(DataSource source, long deadline) throws SQLException {
    Alarm alarm = new Alarm(Thread.currentThread());
    Future<?> ringing = timer.schedule(alarm, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    try {
      return source.getConnection();
    } catch (SQLException | RuntimeException e) {
      if (alarm.hasRung()) {
        throw new SQLException("the pool of the DataSource had no connection in time", e);
      }
      if (e instanceof SQLException failure) {
        throw failure;
      }
      // Some pools that cannot reach their database fail in ways of their own.
      throw new SQLException("the DataSource gave no connection: " + e, "08001", e);
    } finally {
      ringing.cancel(false);
      alarm.turnOff();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Interrupts a thread, but never later than it was told not to. */
  private static final class Alarm implements Runnable {
    private final Thread sleeper;
    private boolean isOff;
    private boolean hasRung;

    Alarm(Thread sleeper) {
      this.sleeper = sleeper;
    }

    @Override
    public synchronized void run() {
      if (!isOff) {
        hasRung = true;
        sleeper.interrupt();
      }
    }

    synchronized boolean hasRung() {
      return hasRung;
    }

    /** From here on nobody is interrupted; that one was is forgotten. */
    synchronized void turnOff() {
      isOff = true;
      if (hasRung) {
        Thread.interrupted();
      }
    }
  }
}
