package dev.postern.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The two jars that a WAR takes, as they were built. What the troubleshooting pages say is counted
 * apart from the code (docs/decisions/0006).
 */
final class Jars {
  private static final double KILO = 1_024;
  private static final List<String> JARS = List.of("postern.it.core", "postern.it.servlet");

  private Jars() {}

  /** Without the texts. */
  static double kilobytesOfCode() {
    return JARS.stream().mapToLong(jar -> file(jar).length()).sum() / KILO - kilobytesOfTexts();
  }

  /** Without the texts, the store in databases and the pages: the endpoint in memory. */
  static double kilobytesOfEndpoint() {
    return kilobytesOfCode()
        - JARS.stream()
                .mapToLong(
                    jar -> packed(file(jar), "dev/postern/(core/jdbc|servlet/pages)/.+class"))
                .sum()
            / KILO;
  }

  /** Texts, examples and style of the pages, in all languages, as the jars hold them. */
  static double kilobytesOfTexts() {
    return JARS.stream().mapToLong(jar -> texts(file(jar))).sum() / KILO;
  }

  private static long texts(File jar) {
    return packed(jar, "dev/postern/.+\\.(properties|css)");
  }

  private static long packed(File jar, String names) {
    try (ZipFile zip = new ZipFile(jar)) {
      return zip.stream()
          .filter(entry -> entry.getName().matches(names))
          .mapToLong(ZipEntry::getCompressedSize)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static File file(String property) {
    File jar = new File(System.getProperty(property));
    if (!jar.isFile()) {
      throw new IllegalStateException("no jar: " + jar);
    }
    return jar;
  }
}
