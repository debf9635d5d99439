package dev.postern.it;

import jakarta.servlet.ServletContext;
import java.net.URI;

/** A servlet container in this JVM, started with one application. */
public interface Container extends AutoCloseable {
  /** As in {@code Jetty 12.1.12}. */
  String name();

  /** The port for plain HTTP on 127.0.0.1. */
  int port();

  /** The port for HTTPS on 127.0.0.1, where the deployment asked for it. */
  int tlsPort();

  /** The running application's context. Its attributes' classes are often not the test's own. */
  ServletContext context();

  /** Where the application is, without a slash at the end. */
  default URI uri() {
    return URI.create("http://127.0.0.1:" + port() + context().getContextPath());
  }

  /** Stops the container and deletes its files. */
  @Override
  void close();
}
