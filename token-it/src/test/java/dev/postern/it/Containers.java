package dev.postern.it;

import javax.naming.Context;

/** The containers that run in this JVM. */
public enum Containers {
  /** Jetty 12, Jakarta EE 10. */
  JETTY {
    @Override
    public Container start(Deployment deployment) {
      prepare();
      return JettyContainer.start(deployment);
    }
  },
  /** Tomcat 10.1. */
  TOMCAT {
    @Override
    public Container start(Deployment deployment) {
      prepare();
      return TomcatContainer.start(deployment);
    }
  };

  /** Jetty 12, Jakarta EE 10. */
  public static Containers jetty() {
    return JETTY;
  }

  /** Tomcat 10.1. */
  public static Containers tomcat() {
    return TOMCAT;
  }

  /**
   * Starts the container with the application.
   *
   * @throws IllegalStateException when the application does not start; what stopped it is in the
   *     chain of causes
   */
  public abstract Container start(Deployment deployment);

  /** Starts it at the root of a free port. */
  public Container start(Webapp webapp) {
    return start(Deployment.of(webapp));
  }

  private static void prepare() {
    QuietLogs.install();
    // Both containers bring a JNDI of their own to the one JVM: ours picks the right one.
    System.setProperty(Context.URL_PKG_PREFIXES, "dev.postern.it.naming");
    System.setProperty(
        Context.INITIAL_CONTEXT_FACTORY, "dev.postern.it.naming.java.javaURLContextFactory");
  }
}
