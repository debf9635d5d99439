package dev.postern.servlet.figures;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Shows figures to JMX, and to Micrometer where that is on the class path, until it is closed. That
 * neither is to be had harms nothing. Not thread-safe.
 */
public final class Publication implements AutoCloseable {
  private static final String MICROMETER = "io.micrometer.core.instrument.Metrics";

  /** Versions of an application that run side by side, say. */
  private static final int MOST_NAMESAKES = 100;

  private final Logger log;
  private final List<Runnable> undo = new ArrayList<>();

  private Publication(Logger log) {
    this.log = log;
  }

  /**
   * Starts to show them.
   *
   * @param loader where Micrometer is looked for
   */
  public static Publication of(Figures figures, FigureNames names, ClassLoader loader, Logger log) {
    Publication publication = new Publication(log);
    publication.attempt("JMX", () -> publication.register(figures, names));
    publication.attempt("Micrometer", () -> publication.bind(figures, names, loader));
    return publication;
  }

  private void register(Figures figures, FigureNames names) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (int i = 1; i <= MOST_NAMESAKES; i++) {
      ObjectName name = name(names, i);
      try {
        server.registerMBean(figures, name);
        undo.add(() -> attempt("JMX", () -> server.unregisterMBean(name)));
        return;
      } catch (InstanceAlreadyExistsException e) {
        // Another host of the same server has an application of that path: the next number then.
      }
    }
  }

  /** The first has no number. */
  private static ObjectName name(FigureNames names, int instance) throws JMException {
    return new ObjectName(
        "dev.postern:type=TokenEndpoint,context="
            + ObjectName.quote(names.contextPath())
            + ",filter="
            + ObjectName.quote(names.filter())
            + (instance == 1 ? "" : ",instance=" + instance));
  }

  private void bind(Figures figures, FigureNames names, ClassLoader loader) {
    try {
      Class.forName(MICROMETER, false, loader);
    } catch (ClassNotFoundException e) {
      return;
    }
    Meters meters = new Meters(figures, names);
    undo.add(() -> attempt("Micrometer", meters::close));
    figures.onNewCause(cause -> attempt("Micrometer", () -> meters.countRefusals(cause)));
    undo.add(() -> figures.onNewCause(cause -> {}));
  }

  private void attempt(String what, Attempt attempt) {
    try {
      attempt.run();
    } catch (JMException | RuntimeException | LinkageError e) {
      log.log(Level.WARNING, "figures are not shown to " + what, e);
    }
  }

  @Override
  public void close() {
    Collections.reverse(undo);
    undo.forEach(Runnable::run);
    undo.clear();
  }

  private interface Attempt {
    void run() throws JMException;
  }
}
