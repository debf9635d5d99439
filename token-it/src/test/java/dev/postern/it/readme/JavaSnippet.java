package dev.postern.it.readme;

import dev.postern.it.Webapp;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A Java snippet as the body of a servlet: {@code request} and {@code response} are there. */
final class JavaSnippet {
  private static final String SERVLET =
      """
      package readme;

      import dev.postern.core.*;
      import dev.postern.servlet.*;
      import jakarta.servlet.*;
      import jakarta.servlet.http.*;
      import java.io.*;
      import java.net.*;
      import java.nio.charset.*;
      import java.util.*;

      public final class %s extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
      %s
        }
      }
      """;

  private JavaSnippet() {}

  /**
   * Compiles the snippet against what the application carries, into its {@code WEB-INF/classes}.
   *
   * @return the name of the class
   */
  static String addTo(Webapp webapp, String name, String body) {
    String simpleName = name.replace('-', '_');
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Path classes = Files.createDirectories(webapp.folder().resolve("WEB-INF/classes"));
      List<String> options =
          List.of("-proc:none", "-d", classes.toString(), "-classpath", classPath(webapp));
      Source source = new Source(simpleName, SERVLET.formatted(simpleName, body));
      if (!compiler.getTask(messages, files, null, options, null, List.of(source)).call()) {
        throw new AssertionError("README.md, snippet " + name + ":\n" + messages);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "readme." + simpleName;
  }

  private static String classPath(Webapp webapp) throws IOException {
    String api = HttpServlet.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (Stream<Path> jars = Files.list(webapp.folder().resolve("WEB-INF/lib"))) {
      return Stream.concat(Stream.of(api), jars.map(Path::toString))
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String simpleName, String text) {
      super(URI.create("string:///readme/" + simpleName + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
