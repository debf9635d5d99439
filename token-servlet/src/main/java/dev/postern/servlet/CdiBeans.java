package dev.postern.servlet;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The beans of the application, where its container has CDI: without qualifiers, in whichever
 * scope. Found by reflection, since most containers have no such classes.
 */
final class CdiBeans {
  // Whole, since the build turns it into the javax name.
  private static final String CDI = "jakarta.enterprise.inject.spi.CDI";

  private final ClassLoader loader;

  CdiBeans(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * The beans of this type; none where there is no CDI, or none for this application.
   *
   * @throws IllegalStateException when a bean cannot be made
   */
  <T> List<T> of(Class<T> type) {
    List<T> beans = new ArrayList<>();
    try {
      Optional<Object> container = container();
      if (container.isPresent()) {
        Method select =
            Class.forName(CDI, false, loader).getMethod("select", Class.class, Annotation[].class);
        Object found = select.invoke(container.get(), type, new Annotation[0]);
        ((Iterable<?>) found).forEach(bean -> beans.add(type.cast(bean)));
      }
      return beans;
    } catch (ReflectiveOperationException | RuntimeException e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      throw new IllegalStateException(String.valueOf(cause), cause);
    }
  }

  private Optional<Object> container() throws ReflectiveOperationException {
    try {
      Class<?> type = Class.forName(CDI, false, loader);
      return Optional.ofNullable(type.getMethod("current").invoke(null));
    } catch (ClassNotFoundException | InvocationTargetException | LinkageError e) {
      // No CDI, or a server's that is not switched on for this application.
      return Optional.empty();
    }
  }
}
