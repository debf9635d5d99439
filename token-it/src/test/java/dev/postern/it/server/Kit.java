package dev.postern.it.server;

import dev.postern.it.Quirk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** How a family of servers is configured and started. */
interface Kit {
  /**
   * Configures the server in the site's folder.
   *
   * @param home where it is installed, which stays as it is
   * @return the command that starts it, in the foreground
   */
  List<String> prepare(Path home, Site site) throws IOException;

  /** What all of the family decide themselves. */
  default Set<Quirk> quirks() {
    return Set.of();
  }

  /** Whether it has CDI, as configured here. */
  default boolean hasCdi() {
    return false;
  }

  /** Writes a file of the configuration. */
  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
