package dev.postern.it;

import java.util.Set;

/** Starts a kind of container. */
public interface Launcher {
  /** What the container's applications are compiled against. */
  Api api();

  /** Whether each container is a process of its own, which is only seen from outside. */
  boolean isOutOfProcess();

  /** What it decides or adds itself. */
  default Set<Quirk> quirks() {
    return Set.of();
  }

  /** Whether it makes beans of an application's classes (CDI). */
  default boolean hasCdi() {
    return false;
  }

  /** All that applications log which are started from now on. */
  AppLog log();

  /**
   * Starts the container with the application.
   *
   * @throws IllegalStateException when the application does not start; what stopped it is in the
   *     chain of causes
   */
  Container start(Deployment deployment);

  /** Starts it at the root of a free port. */
  default Container start(Webapp webapp) {
    return start(Deployment.of(webapp));
  }
}
