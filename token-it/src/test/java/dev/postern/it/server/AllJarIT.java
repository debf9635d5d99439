package dev.postern.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Api;
import dev.postern.it.Container;
import dev.postern.it.Deployment;
import dev.postern.it.RawHttp;
import dev.postern.it.Webapp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("One file is all that a WAR needs: an otherwise empty one has a token endpoint")
final class AllJarIT {
  private static final String SECRET = "kX7-one-file-generated-secret-0040";
  private static final String FILTER =
      """
      <filter>
        <filter-name>oauth</filter-name>
        <filter-class>dev.postern.servlet.TokenFilter</filter-class>
      </filter>
      <filter-mapping><filter-name>oauth</filter-name><url-pattern>/oauth/*</url-pattern></filter-mapping>
      """;

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_11", "TOMCAT_9", "JETTY_12_EE11", "JETTY_12_EE8"})
  void beside_a_web_xml_and_a_clients_file(Server kind) {
    String clients =
        "{\"clients\":[{\"client_id\":\"batch\",\"grant_types\":[\"client_credentials\"],"
            + "\"scope\":\"a b\",\"secrets\":[{\"hash\":\"%s\"}]}]}";
    String hash = Sha256Secrets.hash(Secret.of(SECRET));
    try (Webapp webapp =
            Webapp.empty(kind.api(), FILTER)
                .with("WEB-INF/clients.json", clients.formatted(hash))
                .withLibrary(jar(kind.api()));
        Container server = kind.start(Deployment.of(webapp).at("/shop"))) {
      Answer issued = ask(server, SECRET);
      assertThat(issued.status()).as(issued::toString).isEqualTo(200);
      assertThat(issued.json().keySet())
          .containsExactly("access_token", "token_type", "expires_in", "scope");

      Answer refused = ask(server, "wrong");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.json().getString("error")).isEqualTo("invalid_client");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("it meets no other copy of what is inside, and says whose it is")
  void all_is_ours_or_moved(Api api) throws IOException {
    try (ZipFile jar = new ZipFile(jar(api).toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();

      assertThat(names)
          .filteredOn(name -> name.endsWith(".class"))
          .allMatch(name -> name.startsWith("dev/postern/"));
      assertThat(names)
          .contains(
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "META-INF/LICENSE.md",
              "META-INF/NOTICE.md",
              "META-INF/services/dev.postern.inside.json.bind.spi.JsonbProvider",
              "META-INF/services/dev.postern.inside.json.spi.JsonProvider");
      assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
      assertThat(text(jar, "META-INF/LICENSE.md")).contains("Eclipse Public License");
      assertThat(text(jar, "META-INF/NOTICE.md")).contains("Eclipse Yasson");
      assertThat(text(jar, "META-INF/MANIFEST.MF")).contains("Automatic-Module-Name");
      assertThat(Files.size(jar(api))).isLessThan(1_350_000);
    }
  }

  private static Answer ask(Container server, String secret) {
    String credentials =
        Base64.getEncoder().encodeToString(("batch:" + secret).getBytes(StandardCharsets.UTF_8));
    return RawHttp.to(server)
        .postForm(
            "/shop/oauth/token",
            "grant_type=client_credentials",
            "Authorization: Basic " + credentials);
  }

  static Path jar(Api api) {
    return Path.of(
        System.getProperty(api == Api.JAKARTA ? "postern.it.all" : "postern.it.javax-all"));
  }

  private static String text(ZipFile jar, String name) throws IOException {
    try (InputStream entry = jar.getInputStream(jar.getEntry(name))) {
      return new String(entry.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
