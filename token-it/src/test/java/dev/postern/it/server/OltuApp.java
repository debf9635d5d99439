package dev.postern.it.server;

import static java.util.stream.Collectors.joining;

import dev.postern.it.Webapp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A token endpoint of Apache Oltu's, to be put into an application for {@code javax.servlet}. */
public final class OltuApp {
  /** The one that it runs in. */
  public static final Server SERVER = Server.TOMCAT_9;

  private OltuApp() {}

  /** Of {@code web.xml}: the endpoint at this path. */
  public static String at(String path) {
    return """
        <servlet>
          <servlet-name>legacy</servlet-name><servlet-class>LegacyTokenServlet</servlet-class>
        </servlet>
        <servlet-mapping><servlet-name>legacy</servlet-name><url-pattern>%s</url-pattern></servlet-mapping>
        """
        .formatted(path);
  }

  /**
   * Adds its class and the libraries that it stands on.
   *
   * @param secrets of its clients, by their ids
   */
  public static Webapp addTo(Webapp webapp, Map<String, List<String>> secrets) {
    try {
      List<Path> libraries;
      try (Stream<Path> files = Files.list(servers().resolve("oltu"))) {
        libraries = files.toList();
      }
      libraries.forEach(webapp::withLibrary);
      compile(libraries, webapp.folder().resolve("WEB-INF/classes"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String lines =
        secrets.entrySet().stream()
            .map(each -> encode(each.getKey()) + "=" + encodeAll(each.getValue()))
            .collect(joining("\n"));
    return webapp.with("WEB-INF/secrets.properties", lines);
  }

  /** The sample is for {@code javax.servlet}, so it cannot stand among the tests' own sources. */
  private static void compile(List<Path> libraries, Path classes) throws IOException {
    Files.createDirectories(classes);
    List<String> path = new ArrayList<>();
    libraries.forEach(library -> path.add(library.toString()));
    path.add(servers().resolve("apache-tomcat-9.0.117/lib/servlet-api.jar").toString());
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                String.join(":", path),
                "-d",
                classes.toString(),
                "src/test/oltu/LegacyTokenServlet.java");
    if (result != 0) {
      throw new IllegalStateException("the sample does not compile");
    }
  }

  /** As RFC 6749 s2.3.1 has them in the header. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String encodeAll(List<String> texts) {
    return texts.stream().map(OltuApp::encode).collect(joining(" "));
  }

  private static Path servers() {
    return Path.of(System.getProperty("postern.it.servers"));
  }
}
