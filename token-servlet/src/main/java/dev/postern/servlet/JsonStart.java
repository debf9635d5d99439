package dev.postern.servlet;

import jakarta.servlet.ServletException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Brings JSON-B up in a thread of its own, which ends before the filter has started: that takes
 * almost as long as all the rest of a start, and nothing of that waits for it. Thread-safe.
 */
final class JsonStart {
  private final FutureTask<Json> starting = new FutureTask<>(Json::new);

  JsonStart() {
    Thread thread = new Thread(starting, "postern-json");
    thread.setDaemon(true);
    thread.start();
  }

  /** What came up; without it nothing can be answered. */
  Json json() throws ServletException {
    try {
      return starting.get();
    } catch (ExecutionException e) {
      throw new ServletException(
          "Postern cannot start: there is no JSON-B here. Put yasson with its API and JSON-P into"
              + " WEB-INF/lib, or switch the server's own on (README, step 1)",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServletException("Postern cannot start: it was interrupted", e);
    }
  }

  /** Lets go of it, if it is there. */
  void close() {
    try {
      json().close();
    } catch (ServletException e) {
      // There is nothing to let go of.
    }
  }
}
