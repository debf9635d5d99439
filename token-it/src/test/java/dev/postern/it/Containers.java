package dev.postern.it;

import javax.naming.Context;

/** The containers that run in this JVM. */
public enum Containers implements Launcher {
  /** Jetty 12, Jakarta EE 10. */
  JETTY {
    @Override
    Container launch(Deployment deployment) {
      return JettyContainer.start(deployment);
    }
  },
  /** Tomcat 10.1. */
  TOMCAT {
    @Override
    Container launch(Deployment deployment) {
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

  abstract Container launch(Deployment deployment);

  @Override
  public Container start(Deployment deployment) {
    prepare();
    try {
      deployment.properties().forEach(System::setProperty);
      return launch(deployment);
    } finally {
      deployment.properties().keySet().forEach(System::clearProperty);
    }
  }

  @Override
  public Api api() {
    return Api.JAKARTA;
  }

  @Override
  public boolean isOutOfProcess() {
    return false;
  }

  @Override
  public AppLog log() {
    return LogCapture.start();
  }

  private static void prepare() {
    QuietLogs.install();
    // Both containers bring a JNDI of their own to the one JVM: ours picks the right one.
    System.setProperty(Context.URL_PKG_PREFIXES, "dev.postern.it.naming");
    System.setProperty(
        Context.INITIAL_CONTEXT_FACTORY, "dev.postern.it.naming.java.javaURLContextFactory");
  }
}
