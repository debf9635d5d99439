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
 *     jdbc/postern}, in containers of this JVM; in Jetty only what the application's {@code
 *     web.xml} has a resource-ref for
 * @param properties system properties of the container's JVM while the application starts
 * @param ready what answers a GET with 200 or 405 as soon as the application runs
 */
public record Deployment(
    Webapp webapp,
    String contextPath,
    int port,
    Realm realm,
    boolean tls,
    Map<String, DataSource> dataSources,
    Map<String, String> properties,
    String ready) {
  /** At the root, on a free port, with a realm that is up and nothing bound. */
  public static Deployment of(Webapp webapp) {
    return new Deployment(webapp, "", 0, Realm.UP, false, Map.of(), Map.of(), "/oauth/token");
  }

  /** The same at another context path. */
  public Deployment at(String path) {
    return new Deployment(webapp, path, port, realm, tls, dataSources, properties, ready);
  }

  /** The same on this port. */
  public Deployment onPort(int number) {
    return new Deployment(webapp, contextPath, number, realm, tls, dataSources, properties, ready);
  }

  /** The same with another realm. */
  public Deployment with(Realm other) {
    return new Deployment(webapp, contextPath, port, other, tls, dataSources, properties, ready);
  }

  /** The same with a second connector over TLS, on a free port. */
  public Deployment withTls() {
    return new Deployment(webapp, contextPath, port, realm, true, dataSources, properties, ready);
  }

  /** The same with this bound in JNDI, and nothing else. */
  public Deployment binding(String name, DataSource source) {
    return new Deployment(
        webapp, contextPath, port, realm, tls, Map.of(name, source), properties, ready);
  }

  /** The same with these system properties, and no others of ours. */
  public Deployment with(Map<String, String> systemProperties) {
    return new Deployment(
        webapp, contextPath, port, realm, tls, dataSources, systemProperties, ready);
  }

  /** The same with another path, below the context's, that tells when the application runs. */
  public Deployment readyAt(String path) {
    return new Deployment(webapp, contextPath, port, realm, tls, dataSources, properties, path);
  }

  /** What to ask whether the application runs. */
  public String probe() {
    return contextPath + ready;
  }
}
