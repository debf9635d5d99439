package dev.postern.it;

import java.util.Map;
import javax.sql.DataSource;

/**
 * What to start, and how.
 *
 * @param webapp the application
 * @param contextPath {@code ""} for the root, else as in {@code /shop}
 * @param port the port, or 0 for a free one
 * @param realm the container's realm
 * @param tls whether there is a second connector over TLS
 * @param dataSources what is bound under {@code java:comp/env/}, by names such as {@code
 *     jdbc/postern}; in Jetty only what the application's {@code web.xml} has a resource-ref for
 */
public record Deployment(
    Webapp webapp,
    String contextPath,
    int port,
    Realm realm,
    boolean tls,
    Map<String, DataSource> dataSources) {
  /** At the root, on a free port, with a realm that is up and nothing bound. */
  public static Deployment of(Webapp webapp) {
    return new Deployment(webapp, "", 0, Realm.UP, false, Map.of());
  }

  /** The same at another context path. */
  public Deployment at(String path) {
    return new Deployment(webapp, path, port, realm, tls, dataSources);
  }

  /** The same on this port. */
  public Deployment onPort(int number) {
    return new Deployment(webapp, contextPath, number, realm, tls, dataSources);
  }

  /** The same with another realm. */
  public Deployment with(Realm other) {
    return new Deployment(webapp, contextPath, port, other, tls, dataSources);
  }

  /** The same with a second connector over TLS, on a free port. */
  public Deployment withTls() {
    return new Deployment(webapp, contextPath, port, realm, true, dataSources);
  }

  /** The same with this bound in JNDI, and nothing else. */
  public Deployment binding(String name, DataSource source) {
    return new Deployment(webapp, contextPath, port, realm, tls, Map.of(name, source));
  }
}
