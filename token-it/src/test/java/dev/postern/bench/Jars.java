package dev.postern.bench;

import java.io.File;

/** The two jars that a WAR takes, as they were built. */
final class Jars {
  private Jars() {}

  static double kilobytes() {
    return (size("postern.it.core") + size("postern.it.servlet")) / 1024.0;
  }

  private static long size(String property) {
    File jar = new File(System.getProperty(property));
    if (!jar.isFile()) {
      throw new IllegalStateException("no jar: " + jar);
    }
    return jar.length();
  }
}
