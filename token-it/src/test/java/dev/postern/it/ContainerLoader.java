package dev.postern.it;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a container shows to its applications: the JDK, the Servlet API and the container. All else
 * on the tests' class path, Postern first, has to come out of the WAR.
 */
public final class ContainerLoader extends ClassLoader {
  private static final List<String> SHOWN =
      List.of(
          "io.undertow.",
          "jakarta.servlet.",
          "org.apache.catalina.",
          "org.apache.coyote.",
          "org.apache.juli.",
          "org.apache.naming.",
          "org.apache.tomcat.",
          "org.eclipse.jetty.",
          "dev.postern.it.naming.");

  /** Above that of one application. */
  public ContainerLoader() {
    super("container", ContainerLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return isShown(name)
        ? super.loadClass(name, resolve)
        : getPlatformClassLoader().loadClass(name);
  }

  @Override
  public @Nullable URL getResource(String name) {
    return isShown(name.replace('/', '.'))
        ? super.getResource(name)
        : getPlatformClassLoader().getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return isShown(name.replace('/', '.'))
        ? super.getResources(name)
        : getPlatformClassLoader().getResources(name);
  }

  private static boolean isShown(String className) {
    return SHOWN.stream().anyMatch(className::startsWith);
  }
}
