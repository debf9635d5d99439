package dev.postern.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JDKs that servers run on. */
public enum Jdk {
  /** The one that runs the tests. */
  OF_THE_TESTS("java.home"),
  /** A later one, for servers that want it. */
  SECOND("postern.it.second-jdk");

  private final String property;

  Jdk(String property) {
    this.property = property;
  }

  Path home() {
    String home = System.getProperty(property);
    if (home == null || !Files.isDirectory(Path.of(home))) {
      throw new IllegalStateException(
          "set the property second.jdk to the home of a JDK 21 or later: there is none in " + home);
    }
    return Path.of(home);
  }

  /** Its feature version, as in {@code 17}. */
  public String version() {
    try {
      String release = Files.readString(home().resolve("release"));
      return release.replaceAll("(?s).*JAVA_VERSION=\"(\\d+).*", "$1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
