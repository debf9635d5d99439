package dev.postern.servlet;

import dev.postern.core.AuthorizationServer;
import jakarta.servlet.ServletContext;

/** Where an application finds the {@link AuthorizationServer} of its {@link TokenFilter}. */
public final class Postern {
  private Postern() {}

  /**
   * The authorization server of the only {@link TokenFilter} of this application.
   *
   * @throws IllegalStateException when it has none, or several
   */
  public static AuthorizationServer in(ServletContext context) {
    return Published.in(context, AuthorizationServer.class);
  }

  /**
   * The authorization server of the {@link TokenFilter} with this {@code filter-name}.
   *
   * @throws IllegalStateException when there is none
   */
  public static AuthorizationServer in(ServletContext context, String filterName) {
    return Published.in(context, AuthorizationServer.class, filterName);
  }
}
