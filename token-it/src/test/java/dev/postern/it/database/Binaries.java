package dev.postern.it.database;

import dev.postern.it.Folders;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Servers that lie in jars on the class path, unpacked once into {@code target/servers}. */
final class Binaries {
  private static final int ANY_EXECUTE = 0111;

  private Binaries() {}

  /** The folder of the PostgreSQL that lies in this resource, a tar of an xz. */
  static Path tarXz(String name, String resource) {
    return unpacked(name, folder -> untar(resource, folder));
  }

  /** The folder of those entries of a jar that lie under {@code prefix} and are asked for. */
  static Path jar(String name, String prefix, Predicate<String> wanted) {
    return unpacked(name, folder -> unjar(prefix, wanted, folder));
  }

  private interface Unpacking {
    void into(Path folder) throws IOException;
  }

  private static synchronized Path unpacked(String name, Unpacking unpacking) {
    try {
      Path servers = Files.createDirectories(Folders.root().resolveSibling("servers"));
      Path folder = servers.resolve(name);
      if (!Files.isDirectory(folder)) {
        Path half = Files.createTempDirectory(servers, name + "-");
        unpacking.into(half);
        Files.move(half, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void untar(String resource, Path folder) throws IOException {
    try (InputStream in = url(resource).openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          write(tar, file, (entry.getMode() & ANY_EXECUTE) != 0);
        }
      }
    }
  }

  private static void unjar(String prefix, Predicate<String> wanted, Path folder)
      throws IOException {
    JarURLConnection connection = (JarURLConnection) url(prefix).openConnection();
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        String name = entry.getName();
        if (entry.isDirectory() || !name.startsWith(prefix)) {
          continue;
        }
        String inside = name.substring(prefix.length());
        if (wanted.test(inside)) {
          Path file = folder.resolve(inside);
          Files.createDirectories(file.getParent());
          try (InputStream in = jar.getInputStream(entry)) {
            write(in, file, inside.startsWith("bin/"));
          }
        }
      }
    }
  }

  private static void write(InputStream in, Path file, boolean isExecutable) throws IOException {
    Files.copy(in, file);
    if (isExecutable && !file.toFile().setExecutable(true, false)) {
      throw new IOException("cannot be made executable: " + file);
    }
  }

  private static URL url(String resource) {
    URL url = Binaries.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new IllegalStateException("not on the class path: " + resource);
    }
    return url;
  }
}
