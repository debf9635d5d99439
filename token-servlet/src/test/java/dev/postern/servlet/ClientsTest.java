package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.ClientRegistry;
import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.servlet.settings.Configuration;
import dev.postern.servlet.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("DESIGN s3: the setting clients")
class ClientsTest {
  private static final String REGISTRY = ExtensionsTest.Both.class.getName();

  private final FakeDeployment deployment = new FakeDeployment();
  private Configuration configuration = new Configuration(Settings.of(deployment.filter()));
  private final SettableClock clock = new SettableClock();

  private static String json(String id) {
    return "{\"clients\":[{\"client_id\":\""
        + id
        + "\",\"grant_types\":[\"client_credentials\"],\"secrets\":[{\"hash\":\""
        + Sha256Secrets.hash(Secret.of("secret"))
        + "\"}]}]}";
  }

  private ClientRegistry registry() {
    configuration = new Configuration(Settings.of(deployment.filter()));
    return new Clients(
            Optional.empty(),
            configuration,
            new Extensions(configuration, deployment.context()),
            Set.of("client_secret_basic"),
            Set.of("client_credentials"),
            deployment.context(),
            clock,
            new RecordedLog())
        .registry();
  }

  @Test
  void in_the_war() {
    deployment.resource("/WEB-INF/clients.json", json("standard"));
    deployment.resource("/WEB-INF/own.json", json("own"));
    assertThat(registry().find("standard")).isPresent();

    deployment.with("clients", "/WEB-INF/own.json");
    assertThat(registry().find("own")).isPresent();
    assertThat(registry().find("standard")).isEmpty();
    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void outside_of_it_and_read_anew(@TempDir Path folder) throws IOException {
    Path path = Files.writeString(folder.resolve("clients.json"), json("one"));
    deployment.with("clients", path.toUri().toString());
    ClientRegistry registry = registry();
    assertThat(registry.find("one")).isPresent();

    Files.writeString(path, json("two"));
    clock.advance(Duration.ofSeconds(1));

    assertThat(registry.find("two")).isPresent();
    assertThat(registry.find("one")).isEmpty();
    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void by_class_and_by_extension() {
    deployment.with("clients", REGISTRY);
    assertThat(registry()).isInstanceOf(ExtensionsTest.Both.class);
    assertThat(configuration.problems()).isEmpty();

    deployment.attribute(ClientRegistry.class, new ExtensionsTest.Both());
    registry();
    assertThat(configuration.problems())
        .containsExactly(
            "clients = " + REGISTRY + ": nothing, as the application brings " + REGISTRY);
  }

  @Test
  void by_extension_alone_no_file_is_missed() {
    deployment.attribute(ClientRegistry.class, new ExtensionsTest.Both());

    assertThat(registry()).isInstanceOf(ExtensionsTest.Both.class);
    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void none() {
    assertThat(registry().find("anybody")).isEmpty();
    assertThat(configuration.problems())
        .containsExactly("clients: there is no /WEB-INF/clients.json in the web application");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "/WEB-INF/none.json | clients: there is no /WEB-INF/none.json in the web application",
        "/etc/none.json | clients: there is no /etc/none.json in the web application; a file"
            + " outside of it is file:/etc/none.json",
        "file:///none/clients.json | clients = file:///none/clients.json: a file that can be read"
            + " (java.nio.file.NoSuchFileException)",
        "file:clients.json | clients = file:clients.json: a file: URL such as"
            + " file:/etc/postern/clients.json",
        "file://host/clients.json | clients = file://host/clients.json: a file: URL such as"
            + " file:/etc/postern/clients.json",
        "file:/a b | clients = file:/a b: a file: URL such as file:/etc/postern/clients.json",
        "WEB-INF/clients.json | WEB-INF/clients.json: not a class of the application with a public"
            + " constructor without arguments",
        "java.lang.Object | clients = java.lang.Object: a path in the web application, a file: URL,"
            + " or a ClientRegistry class"
      })
  void nonsense(String clients, String problem) {
    deployment.with("clients", clients);

    assertThat(registry().find("anybody")).isEmpty();
    assertThat(configuration.problems()).containsExactly(problem);
  }

  @Test
  void all_that_is_wrong_in_the_file_says_in_which() {
    deployment.resource("/WEB-INF/clients.json", "{\"client\":[],\"clients\":[{}]}");

    registry();

    assertThat(configuration.problems())
        .hasSize(4)
        .doesNotHaveDuplicates()
        .allMatch(problem -> problem.startsWith("/WEB-INF/clients.json: "));
  }
}
