package dev.postern.servlet;

import jakarta.servlet.ServletException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Brings JSON-B up in a thread of its own, which has nothing left to do when the filter has
 * started: that takes almost as long as all the rest of a start, and nothing of that waits for it.
 * Thread-safe.
 */
final class JsonStart implements Supplier<Json> {
  private final CompletableFuture<Json> starting =
      CompletableFuture.supplyAsync(Json::new, JsonStart::run);

  private static void run(Runnable task) {
    // It inherits the class loader of the application, by which JSON-B is found.
    Thread thread = new Thread(task, "postern-json");
    thread.setDaemon(true);
    thread.start();
  }

  /** What came up, for what has started. */
  @Override
  public Json get() {
    return starting.join();
  }

  /** Waits until it is up; without it nothing can be answered, so nothing starts. */
  void await() throws ServletException {
    try {
      starting.join();
    } catch (CompletionException e) {
      throw new ServletException(
          "Postern cannot start: there is no JSON-B here. Put yasson with its API and JSON-P into"
              + " WEB-INF/lib, or switch the server's own on (README, step 1)",
          e.getCause());
    }
  }

  /** Lets go of it, if it came up. */
  void close() {
    try {
      get().close();
    } catch (CompletionException e) {
      // There is nothing to let go of.
    }
  }
}
