package dev.postern.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An exploded web application: the built sample WAR itself, or a copy of its jars and classes with
 * another {@code web.xml}.
 */
public final class Webapp implements AutoCloseable {
  private final Path folder;
  private final Api api;
  private final boolean temporary;

  private Webapp(Path folder, Api api, boolean temporary) {
    this.folder = folder;
    this.api = api;
    this.temporary = temporary;
  }

  /** The sample WAR as it was built. */
  public static Webapp sample() {
    return sample(Api.JAKARTA);
  }

  /** The sample WAR as it was built for this API. */
  public static Webapp sample(Api api) {
    return new Webapp(api.builtWar(), api, false);
  }

  /** An exploded application that another owns. */
  public static Webapp at(Path folder) {
    return new Webapp(folder, Api.JAKARTA, false);
  }

  /** A copy of the sample WAR's jars and classes with this {@code web.xml} and nothing else. */
  public static Webapp of(String webXml) {
    return of(Api.JAKARTA, webXml);
  }

  /** A web application with nothing but a {@code web.xml} of this content. */
  public static Webapp empty(Api api, String elements) {
    try {
      return new Webapp(Folders.create("webapp"), api, true)
          .with("WEB-INF/web.xml", api.webXml(elements));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Webapp of(Api api, String webXml) {
    try {
      Path folder = Folders.create("webapp");
      for (String part : List.of("WEB-INF/lib", "WEB-INF/classes")) {
        Path from = api.builtWar().resolve(part);
        if (Files.exists(from)) {
          Files.createDirectories(folder.resolve(part).getParent());
          Folders.copy(from, folder.resolve(part));
        }
      }
      return new Webapp(folder, api, true).with("WEB-INF/web.xml", webXml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #of(String)}, the {@code web.xml} being a Servlet 5.0 one with this content. */
  public static Webapp containing(String elements) {
    return containing(Api.JAKARTA, elements);
  }

  /** The same for this API. */
  public static Webapp containing(Api api, String elements) {
    return of(api, api.webXml(elements));
  }

  /** Adds a file, or replaces it. */
  public Webapp with(String path, String text) {
    if (!temporary) {
      throw new IllegalStateException("this application is another's and not to be changed");
    }
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds classes of the test tree, with those nested in them. The application loads them itself, so
   * their static fields are not the test's.
   */
  public Webapp with(Class<?>... classes) {
    try {
      for (Class<?> type : classes) {
        addClass(type);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a jar. */
  public Webapp withLibrary(Path jar) {
    try {
      Path libraries = Files.createDirectories(folder.resolve("WEB-INF/lib"));
      Files.copy(jar, libraries.resolve(jar.getFileName().toString()));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exploded application's folder. */
  public Path folder() {
    return folder;
  }

  /** Deletes the copy. */
  @Override
  public void close() {
    if (temporary) {
      Folders.delete(folder);
    }
  }

  private void addClass(Class<?> type) throws IOException {
    Path roots = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    String file = type.getName().replace('.', File.separatorChar);
    Path source = api.classes(roots).resolve(file + ".class");
    Path target = folder.resolve("WEB-INF/classes").resolve(file).getParent();
    Files.createDirectories(target);
    String simple = source.getFileName().toString().replace(".class", "");
    try (Stream<Path> siblings = Files.list(source.getParent())) {
      for (Path sibling : (Iterable<Path>) siblings::iterator) {
        String name = sibling.getFileName().toString();
        if (name.equals(simple + ".class") || name.startsWith(simple + "$")) {
          Files.copy(sibling, target.resolve(name));
        }
      }
    }
  }
}
