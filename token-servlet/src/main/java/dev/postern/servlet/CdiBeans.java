package dev.postern.servlet;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

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
      Iterator<?> found = find(type);
      while (found.hasNext()) {
        beans.add(type.cast(found.next()));
      }
      return beans;
    } catch (RuntimeException e) {
      throw new IllegalStateException(String.valueOf(e), e);
    }
  }

  private Iterator<?> find(Class<?> type) {
    try {
      Class<?> cdi = Class.forName(CDI, false, loader);
      Object container = cdi.getMethod("current").invoke(null);
      Object found =
          cdi.getMethod("select", Class.class, Annotation[].class)
              .invoke(container, type, new Annotation[0]);
      return ((Iterable<?>) found).iterator();
    } catch (ReflectiveOperationException | IllegalStateException | LinkageError e) {
      // No CDI; or the server has it, and it is not switched on for this application.
      return Collections.emptyIterator();
    }
  }
}
