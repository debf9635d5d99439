package dev.postern.it;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The exception for an application that does not start. */
final class Startup {
  private Startup() {}

  static IllegalStateException failed(String container, @Nullable Throwable cause) {
    String why = cause == null ? "no reason given" : Objects.toString(cause.getMessage(), "");
    return new IllegalStateException(container + " did not start: " + why, cause);
  }
}
