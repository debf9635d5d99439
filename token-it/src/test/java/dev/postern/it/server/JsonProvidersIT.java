package dev.postern.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Container;
import dev.postern.it.Deployment;
import dev.postern.it.RawHttp;
import dev.postern.it.Webapp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The answers are the same JSON, whoever's JSON-B writes them")
final class JsonProvidersIT {
  private static final String SECRET = "kX7-of-a-provider-generated-secret-0044";
  private static final String CLIENTS =
      "{\"clients\":[{\"client_id\":\"batch\",\"grant_types\":[\"client_credentials\"],"
          + "\"scope\":\"a b\",\"secrets\":[{\"hash\":\"%s\"}]}]}";
  private static final String FILTER =
      """
      <filter>
        <filter-name>oauth</filter-name>
        <filter-class>dev.postern.servlet.TokenFilter</filter-class>
      </filter>
      <filter-mapping><filter-name>oauth</filter-name><url-pattern>/oauth/*</url-pattern></filter-mapping>
      """;

  /** Yasson 1 and 3 are those that the sample applications bring. */
  private enum Provider {
    YASSON_3(Server.TOMCAT_11, List.of(), List.of()),
    YASSON_2(Server.TOMCAT_11, List.of("yasson-"), List.of("yasson-2.0.4")),
    YASSON_1(Server.TOMCAT_9, List.of(), List.of()),
    JOHNZON(
        Server.TOMCAT_9,
        List.of("yasson-", "jakarta.json-1.1.6-module"),
        List.of("johnzon-core-1.2.21", "johnzon-mapper-1.2.21", "johnzon-jsonb-1.2.21"));

    private final Server server;
    private final List<String> without;
    private final List<String> with;

    Provider(Server server, List<String> without, List<String> with) {
      this.server = server;
      this.without = without;
      this.with = with;
    }

    Webapp webapp() throws IOException {
      Webapp webapp =
          Webapp.containing(server.api(), FILTER)
              .with(
                  "WEB-INF/clients.json", CLIENTS.formatted(Sha256Secrets.hash(Secret.of(SECRET))));
      for (String start : without) {
        Files.delete(library(webapp, start));
      }
      Path libraries = Path.of(System.getProperty("postern.it.servers"), "json");
      with.forEach(name -> webapp.withLibrary(libraries.resolve(name + ".jar")));
      return webapp;
    }

    private static Path library(Webapp webapp, String start) throws IOException {
      try (Stream<Path> files = Files.list(webapp.folder().resolve("WEB-INF/lib"))) {
        return files
            .filter(file -> file.getFileName().toString().startsWith(start))
            .findFirst()
            .orElseThrow();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void issued_and_refused(Provider provider) throws IOException {
    try (Webapp webapp = provider.webapp();
        Container server = provider.server.start(Deployment.of(webapp))) {
      Answer issued = ask(server, "grant_type=client_credentials");
      assertThat(issued.status()).as(issued::toString).isEqualTo(200);
      assertThat(issued.text())
          .matches(
              "\\{\"access_token\":\"[A-Za-z0-9_-]{43}\",\"token_type\":\"Bearer\","
                  + "\"expires_in\":600,\"scope\":\"a b\"\\}");

      Answer refused = ask(server, "grant_type=client_credentials&scope=a&scope=b");
      assertThat(refused.text())
          .matches(
              "\\{\"error\":\"invalid_request\","
                  + "\"error_description\":\"TOK1003: a parameter is repeated: scope\","
                  + "\"error_uri\":\"http:[^\"\\\\]+/oauth/errors/1003\","
                  + "\"error_codes\":\\[1003\\],\"timestamp\":\"[-0-9: ]+Z\","
                  + "\"trace_id\":\"[-0-9a-f]+\",\"correlation_id\":\"[-0-9a-f]+\"\\}");
    }
  }

  private static Answer ask(Container server, String form) {
    String credentials =
        Base64.getEncoder().encodeToString(("batch:" + SECRET).getBytes(StandardCharsets.UTF_8));
    return RawHttp.to(server).postForm("/oauth/token", form, "Authorization: Basic " + credentials);
  }
}
