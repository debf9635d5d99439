package dev.postern.bench;

import dev.postern.it.Webapp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The applications that are compared; each answers {@code POST /oauth/token}. */
enum App {
  /** {@link BareServlet} in a WAR without a jar. */
  BARE {
    @Override
    Webapp webapp() {
      Webapp webapp =
          Webapp.containing(
                  """
                  <servlet>
                    <servlet-name>bare</servlet-name>
                    <servlet-class>dev.postern.bench.BareServlet</servlet-class>
                    <load-on-startup>1</load-on-startup>
                  </servlet>
                  <servlet-mapping>
                    <servlet-name>bare</servlet-name>
                    <url-pattern>/oauth/token</url-pattern>
                  </servlet-mapping>
                  """)
              .with(BareServlet.class);
      deleteJars(webapp.folder().resolve("WEB-INF/lib"));
      return webapp;
    }
  },
  /** The filter, with a memory store and one client. */
  POSTERN {
    @Override
    Webapp webapp() {
      return filter("");
    }
  },
  /** The same without a limit of failures, so that a wrong secret is refused as what it is. */
  UNLIMITED {
    @Override
    Webapp webapp() {
      return filter(
          """
          <init-param>
            <param-name>failureLimit</param-name>
            <param-value>0</param-value>
          </init-param>
          """);
    }
  };

  /** A copy of it, to be closed after use. */
  abstract Webapp webapp();

  private static Webapp filter(String initParams) {
    return Webapp.containing(
            """
            <filter>
              <filter-name>token</filter-name>
              <filter-class>dev.postern.servlet.TokenFilter</filter-class>
            %s</filter>
            <filter-mapping>
              <filter-name>token</filter-name>
              <url-pattern>/oauth/*</url-pattern>
            </filter-mapping>
            """
                .formatted(initParams))
        .with("WEB-INF/clients.json", BenchClient.clientsFile());
  }

  private static void deleteJars(Path folder) {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder)) {
      for (Path jar : jars) {
        Files.delete(jar);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
