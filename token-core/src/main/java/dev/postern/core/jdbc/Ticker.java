package dev.postern.core.jdbc;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does something a while after it was asked to: once, however often it was asked to in between, on
 * a thread of its own that ends when there was nothing to do for ten seconds. Thread-safe.
 */
final class Ticker implements AutoCloseable {
  private final Duration pause;
  private final Runnable work;
  private final AtomicBoolean isDue = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor timer;

  Ticker(String threadName, Duration pause, Runnable work) {
    this.pause = pause;
    this.work = work;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    // A request may still be under way when this is closed.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Asks for it; never waits. */
  void wake() {
    if (isDue.compareAndSet(false, true)) {
      Runnable task = this::run;
      Future<?> unused = timer.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void run() {
    isDue.set(false);
    work.run();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
