package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Client;
import dev.postern.core.ClientRegistry;
import dev.postern.core.ClientSecret;
import dev.postern.core.SecretVerifier;
import dev.postern.core.TokenListener;
import dev.postern.servlet.settings.Configuration;
import dev.postern.servlet.settings.Settings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DESIGN s5: where extensions are found")
class ExtensionsTest {
  private final FakeDeployment deployment = new FakeDeployment();
  private final Configuration configuration = new Configuration(Settings.of(deployment.filter()));

  private Extensions extensions() {
    return new Extensions(configuration, deployment.context());
  }

  /** A listener and a registry in one. */
  public static final class Both implements TokenListener, ClientRegistry {
    public Both() {}

    @Override
    public void issued(IssuedEvent event) {}

    @Override
    public void refused(RefusedEvent event) {}

    @Override
    public Optional<Client> find(String clientId) {
      return Optional.empty();
    }

    @Override
    public List<ClientSecret> decoysFor(String clientId) {
      return List.of();
    }
  }

  /** Needs something that nobody gives it. */
  public static final class Demanding {
    public Demanding(String what) {}
  }

  /** Cannot be made. */
  public static final class Failing {
    public Failing() {
      throw new IllegalStateException("broken");
    }
  }

  /** Cannot even be loaded. */
  public static final class FailingEarly {
    static final Object NOTHING = fail();

    public FailingEarly() {}

    private static Object fail() {
      throw new IllegalStateException("broken");
    }
  }

  /** Has no public constructor. */
  public static final class Hidden {
    private Hidden() {}
  }

  /** No class one could make anything of. */
  public abstract static class Unfinished {
    public Unfinished() {}
  }

  /** A class loader as an application has one, with a services entry. */
  private void service(Path folder, Class<?> type, String... lines) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(type.getName()), List.of(lines));
    deployment.loader(
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, ExtensionsTest.class.getClassLoader()));
  }

  @Test
  void none() {
    Extensions extensions = extensions();

    assertThat(extensions.all(TokenListener.class)).isEmpty();
    assertThat(extensions.only(ClientRegistry.class)).isEmpty();
    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void by_class_name() {
    deployment.with("extensions", " " + Both.class.getName() + ", ");
    Extensions extensions = extensions();

    assertThat(extensions.all(TokenListener.class)).hasSize(1);
    assertThat(extensions.only(ClientRegistry.class)).containsInstanceOf(Both.class);
    assertThat(extensions.only(ClientRegistry.class).orElseThrow())
        .isSameAs(extensions.all(TokenListener.class).get(0));
    assertThat(extensions.all(SecretVerifier.class)).isEmpty();
    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void by_attribute_one_or_many() {
    Both one = new Both();
    Both other = new Both();

    deployment.attribute(TokenListener.class, one);
    assertThat(extensions().all(TokenListener.class)).containsExactly(one);

    deployment.attribute(TokenListener.class, List.of(one, other));
    assertThat(extensions().all(TokenListener.class)).containsExactly(one, other);
    assertThat(extensions().only(ClientRegistry.class)).isEmpty();
    assertThat(configuration.problems()).isEmpty();
  }

  @Test
  void an_attribute_of_another_type() {
    deployment.attribute(TokenListener.class, List.of("text", new Both()));

    assertThat(extensions().all(TokenListener.class)).hasSize(1);
    assertThat(configuration.problems())
        .containsExactly(
            "ServletContext attribute dev.postern.core.TokenListener: a java.lang.String is none");
  }

  @Test
  void an_attribute_with_nothing_in_it() {
    deployment.attribute(TokenListener.class, Collections.singletonList(null));

    assertThat(extensions().all(TokenListener.class)).isEmpty();
    assertThat(configuration.problems())
        .containsExactly("ServletContext attribute dev.postern.core.TokenListener: null is none");
  }

  @Test
  void by_service_loader_of_the_application(@TempDir Path folder) throws IOException {
    service(folder, TokenListener.class, Both.class.getName());

    assertThat(extensions().all(TokenListener.class)).hasOnlyElementsOfType(Both.class).hasSize(1);
    assertThat(configuration.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev.postern.Missing", "dev.postern.servlet.SettableClock", "not a name"})
  void a_services_entry_that_is_wrong(String line, @TempDir Path folder) throws IOException {
    service(folder, TokenListener.class, line);

    assertThat(extensions().all(TokenListener.class)).isEmpty();
    assertThat(configuration.problems())
        .hasSize(1)
        .allMatch(
            problem ->
                problem.startsWith("ServiceLoader entry for dev.postern.core.TokenListener"));
  }

  @Test
  void from_all_three_places_in_this_order(@TempDir Path folder) throws IOException {
    Both attribute = new Both();
    deployment.with("extensions", Both.class.getName()).attribute(TokenListener.class, attribute);
    service(folder, TokenListener.class, Both.class.getName());

    List<TokenListener> found = extensions().all(TokenListener.class);

    assertThat(found).hasSize(3).element(1).isSameAs(attribute);
  }

  @Test
  void two_where_there_can_be_only_one() {
    deployment.with("extensions", Both.class.getName()).attribute(ClientRegistry.class, new Both());

    assertThat(extensions().only(ClientRegistry.class)).isPresent();
    assertThat(configuration.problems())
        .containsExactly(
            "there can be only one ClientRegistry, but there are "
                + Both.class.getName()
                + " (extensions), "
                + Both.class.getName()
                + " (ServletContext attribute)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.postern.Missing",
        "not a name",
        "int",
        "[I",
        "java.lang.Runnable",
        "dev.postern.servlet.ExtensionsTest$Demanding",
        "dev.postern.servlet.ExtensionsTest$Failing",
        "dev.postern.servlet.ExtensionsTest$FailingEarly",
        "dev.postern.servlet.ExtensionsTest$Hidden",
        "dev.postern.servlet.ExtensionsTest$Unfinished"
      })
  void a_class_of_which_no_instance_can_be_made(String className) {
    assertThat(extensions().instance(className)).isEmpty();
    assertThat(configuration.problems())
        .containsExactly(
            className
                + ": not a class of the application with a public constructor without arguments");
  }

  @Test
  void an_extension_that_extends_nothing() {
    deployment.with("extensions", Object.class.getName());

    extensions();

    assertThat(configuration.problems())
        .containsExactly("extensions: java.lang.Object implements no extension point");
  }
}
