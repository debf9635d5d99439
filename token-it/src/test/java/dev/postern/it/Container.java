package dev.postern.it;

import java.net.URI;

/** A servlet container, started with one application: in this JVM or as a process of its own. */
public interface Container extends AutoCloseable {
  /** As in {@code Jetty 12.1.12}. */
  String name();

  /** The port for plain HTTP on 127.0.0.1. */
  int port();

  /** The port for HTTPS on 127.0.0.1, where the deployment asked for it. */
  int tlsPort();

  /** Where the application is in it: {@code ""} for the root, else as in {@code /shop}. */
  String contextPath();

  /** Where the application is, without a slash at the end. */
  default URI uri() {
    return URI.create("http://127.0.0.1:" + port() + contextPath());
  }

  /** Stops the container and deletes its files. */
  @Override
  void close();
}
