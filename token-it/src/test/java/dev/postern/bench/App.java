package dev.postern.bench;

import dev.postern.it.Api;
import dev.postern.it.Webapp;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The applications that are compared; each answers {@code POST /oauth/token}. */
enum App {
  /** {@link BareServlet} in a WAR without a jar. */
  BARE {
    @Override
    Webapp webapp() {
      return servlet(BareServlet.class);
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
  },
  /** {@link NimbusServlet} with the SDK's jars, and none of ours. */
  NIMBUS {
    @Override
    Webapp webapp() {
      Webapp webapp = servlet(NimbusServlet.class);
      NIMBUS_JARS.forEach(artifact -> webapp.withLibrary(jar(artifact)));
      return webapp;
    }
  },
  /** Spring Authorization Server, a WAR that is built beside this module. */
  SPRING {
    @Override
    Webapp webapp() {
      return Webapp.at(Path.of(System.getProperty("postern.it.spring")));
    }
  };

  /** What the SDK brings, itself first. */
  private static final List<String> NIMBUS_JARS =
      List.of(
          "oauth2-oidc-sdk",
          "nimbus-jose-jwt",
          "content-type",
          "lang-tag",
          "json-smart",
          "accessors-smart",
          "asm",
          "jcip-annotations");

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

  /** A WAR of this servlet alone. */
  private static Webapp servlet(Class<? extends HttpServlet> type) {
    return Webapp.empty(
            Api.JAKARTA,
            """
            <servlet>
              <servlet-name>token</servlet-name>
              <servlet-class>%s</servlet-class>
              <load-on-startup>1</load-on-startup>
            </servlet>
            <servlet-mapping>
              <servlet-name>token</servlet-name>
              <url-pattern>/oauth/token</url-pattern>
            </servlet-mapping>
            """
                .formatted(type.getName()))
        .with(type);
  }

  /** By name, so that the server's JVM has not loaded what its application is to load. */
  private static Path jar(String artifact) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(file -> file.getFileName().toString().matches(artifact + "-\\d.*\\.jar"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("not on the class path: " + artifact));
  }
}
