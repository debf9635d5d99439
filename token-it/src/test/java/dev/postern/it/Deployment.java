package dev.postern.it;

/**
 * What to start, and how.
 *
 * @param webapp the application
 * @param contextPath {@code ""} for the root, else as in {@code /shop}
 * @param port the port, or 0 for a free one
 * @param realm the container's realm
 * @param tls whether there is a second connector over TLS
 */
public record Deployment(Webapp webapp, String contextPath, int port, Realm realm, boolean tls) {
  /** At the root, on a free port, with a realm that is up. */
  public static Deployment of(Webapp webapp) {
    return new Deployment(webapp, "", 0, Realm.UP, false);
  }

  /** The same at another context path. */
  public Deployment at(String path) {
    return new Deployment(webapp, path, port, realm, tls);
  }

  /** The same on this port. */
  public Deployment onPort(int number) {
    return new Deployment(webapp, contextPath, number, realm, tls);
  }

  /** The same with another realm. */
  public Deployment with(Realm other) {
    return new Deployment(webapp, contextPath, port, other, tls);
  }

  /** The same with a second connector over TLS, on a free port. */
  public Deployment withTls() {
    return new Deployment(webapp, contextPath, port, realm, true);
  }
}
