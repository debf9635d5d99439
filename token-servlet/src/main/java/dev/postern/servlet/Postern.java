package dev.postern.servlet;

import dev.postern.core.AuthorizationServer;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where an application finds the {@link AuthorizationServer} of its {@link TokenFilter}. */
public final class Postern {
  private static final String PREFIX = AuthorizationServer.class.getName() + ".";

  private Postern() {}

  /**
   * The authorization server of the only {@link TokenFilter} of this application.
   *
   * @throws IllegalStateException when it has none, or several
   */
  public static AuthorizationServer in(ServletContext context) {
    List<AuthorizationServer> found = new ArrayList<>();
    for (String name : Collections.list(context.getAttributeNames())) {
      if (name.startsWith(PREFIX)
          && context.getAttribute(name) instanceof AuthorizationServer server) {
        found.add(server);
      }
    }
    if (found.size() != 1) {
      throw new IllegalStateException(
          "there are " + found.size() + " started TokenFilters in this application, not one");
    }
    return found.get(0);
  }

  /**
   * The authorization server of the {@link TokenFilter} with this {@code filter-name}.
   *
   * @throws IllegalStateException when there is none
   */
  public static AuthorizationServer in(ServletContext context, String filterName) {
    if (context.getAttribute(PREFIX + filterName) instanceof AuthorizationServer server) {
      return server;
    }
    throw new IllegalStateException("there is no started TokenFilter " + filterName);
  }

  /** Lets the application find {@code server}, until what is returned is run. */
  static Runnable publish(FilterConfig filter, AuthorizationServer server) {
    ServletContext context = filter.getServletContext();
    String name = PREFIX + filter.getFilterName();
    context.setAttribute(name, server);
    return () -> context.removeAttribute(name);
  }
}
