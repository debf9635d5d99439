package dev.postern.it.app;

import dev.postern.core.TokenListener;
import dev.postern.core.TokenStore;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.List;

/** Brings extensions as attributes of the application's context. */
public final class ExtensionsListener implements ServletContextListener {
  /** Made by the container. */
  public ExtensionsListener() {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    event.getServletContext().setAttribute(TokenListener.class.getName(), List.of(new Recorder()));
    event.getServletContext().setAttribute(TokenStore.class.getName(), new FlakyStore(100_000));
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {}
}
