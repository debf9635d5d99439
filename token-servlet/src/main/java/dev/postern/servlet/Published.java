package dev.postern.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a started {@link TokenFilter} lets the rest of its application find, by its name. */
final class Published {
  private Published() {}

  /**
   * The {@code type} of the only {@link TokenFilter} of this application.
   *
   * @throws IllegalStateException when it has none, or several
   */
  static <T> T in(ServletContext context, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (String name : Collections.list(context.getAttributeNames())) {
      Object value = name.startsWith(type.getName() + ".") ? context.getAttribute(name) : null;
      if (type.isInstance(value)) {
        found.add(type.cast(value));
      }
    }
    if (found.size() != 1) {
      throw new IllegalStateException(
          "there are " + found.size() + " started TokenFilters in this application, not one");
    }
    return found.get(0);
  }

  /**
   * The {@code type} of the {@link TokenFilter} with this {@code filter-name}.
   *
   * @throws IllegalStateException when there is none
   */
  static <T> T in(ServletContext context, Class<T> type, String filterName) {
    Object value = context.getAttribute(name(type, filterName));
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new IllegalStateException("there is no started TokenFilter " + filterName);
  }

  /** Lets the application find {@code value}, until what is returned is run. */
  static <T> Runnable publish(FilterConfig filter, Class<T> type, T value) {
    ServletContext context = filter.getServletContext();
    String name = name(type, filter.getFilterName());
    context.setAttribute(name, value);
    return () -> context.removeAttribute(name);
  }

  private static String name(Class<?> type, String filterName) {
    return type.getName() + "." + filterName;
  }
}
