package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("README, step 1: a place without JSON-B is told what it lacks")
class JsonStartTest {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  /** An application without some classes; its server has the Servlet API alone. */
  private static final class Application extends URLClassLoader {
    private final String missing;

    Application(String missing) {
      super(classPath(), ClassLoader.getPlatformClassLoader());
      this.missing = missing;
    }

    private static URL[] classPath() {
      List<URL> urls = new ArrayList<>();
      try {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
          urls.add(new File(entry).toURI().toURL());
        }
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      }
      return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(missing)) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith("jakarta.servlet.")
          ? Class.forName(name)
          : super.loadClass(name, resolve);
    }
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private static List<Thread> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("postern"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jakarta.json.bind.",
        "org.eclipse.yasson.",
        "jakarta.json.",
        "org.eclipse.parsson."
      })
  void missing(String classes) throws Exception {
    try (Application application = new Application(classes)) {
      Thread.currentThread().setContextClassLoader(application);
      Filter filter =
          (Filter)
              application
                  .loadClass(TokenFilter.class.getName())
                  .getDeclaredConstructor()
                  .newInstance();
      FakeDeployment deployment =
          new FakeDeployment()
              .loader(application)
              .resource("/WEB-INF/clients.json", "{\"clients\":[]}");

      assertThatThrownBy(() -> filter.init(deployment.filter()))
          .isExactlyInstanceOf(ServletException.class)
          .hasMessage(
              "Postern cannot start: there is no JSON-B here. Put yasson with its API and JSON-P"
                  + " into WEB-INF/lib, or switch the server's own on (README, step 1)");
      for (Thread thread : ourThreads()) {
        thread.join(30_000);
      }
      assertThat(ourThreads()).isEmpty();
    }
  }
}
