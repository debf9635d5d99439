package dev.postern.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what java.util.logging gets to {@code target/it/log.txt} and not to the console. */
final class QuietLogs {
  /** The system property with which a process of a test's own leaves its log where it is. */
  private static final String LOUD = "postern.it.loud";

  private static boolean installed;

  private QuietLogs() {}

  static synchronized void install() {
    if (installed || System.getProperty(LOUD) != null) {
      return;
    }
    try {
      FileHandler file = new FileHandler(Folders.root().resolve("log.txt").toString());
      file.setFormatter(new SimpleFormatter());
      file.setEncoding("UTF-8");
      Logger root = Logger.getLogger("");
      for (Handler handler : root.getHandlers()) {
        root.removeHandler(handler);
      }
      root.addHandler(file);
      installed = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
