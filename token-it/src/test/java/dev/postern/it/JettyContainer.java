package dev.postern.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.naming.NamingException;
import org.eclipse.jetty.ee.webapp.WebAppClassLoader;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.plus.jndi.Resource;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Embedded Jetty. */
final class JettyContainer implements Container {
  private final Server server;
  private final WebAppContext webapp;
  private final List<Resource> bound;
  private final Path work;

  private JettyContainer(Server server, WebAppContext webapp, List<Resource> bound, Path work) {
    this.server = server;
    this.webapp = webapp;
    this.bound = bound;
    this.work = work;
  }

  static Container start(Deployment deployment) {
    try {
      Path work = Folders.create("jetty");
      Server server = new Server(new QueuedThreadPool(64, 4));
      server.addConnector(plain(server, deployment.port()));
      if (deployment.tls()) {
        server.addConnector(tls(server));
      }
      WebAppContext webapp = webapp(deployment, work);
      server.setHandler(webapp);
      JettyContainer container = new JettyContainer(server, webapp, bind(deployment, webapp), work);
      container.start();
      return container;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "Jetty " + Server.getVersion();
  }

  @Override
  public int port() {
    return port(0);
  }

  @Override
  public int tlsPort() {
    return port(1);
  }

  @Override
  public String contextPath() {
    return webapp.getServletContext().getContextPath();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop", e);
    } finally {
      server.destroy();
      bound.forEach(Resource::release);
      Folders.delete(work);
    }
  }

  private void start() {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw Startup.failed(name(), e);
    }
  }

  private int port(int connector) {
    return ((ServerConnector) server.getConnectors()[connector]).getLocalPort();
  }

  private static WebAppContext webapp(Deployment deployment, Path work) throws IOException {
    WebAppContext webapp = new WebAppContext();
    webapp.setContextPath(deployment.contextPath().isEmpty() ? "/" : deployment.contextPath());
    webapp.setWar(deployment.webapp().folder().toString());
    webapp.setTempDirectory(work.toFile());
    webapp.setClassLoader(new WebAppClassLoader(new ContainerLoader(), webapp));
    webapp.setThrowUnavailableOnStartupException(true);
    ConstraintSecurityHandler security = new ConstraintSecurityHandler();
    security.setLoginService(new JettyRealm(deployment.realm()));
    webapp.setSecurityHandler(security);
    return webapp;
  }

  private static List<Resource> bind(Deployment deployment, WebAppContext webapp) {
    List<Resource> bound = new ArrayList<>();
    deployment
        .dataSources()
        .forEach(
            (name, source) -> {
              try {
                bound.add(new Resource(webapp, name, source));
              } catch (NamingException e) {
                throw new IllegalStateException("cannot be bound: " + name, e);
              }
            });
    return bound;
  }

  private static ServerConnector plain(Server server, int port) {
    return bind(new ServerConnector(server, 1, 1, new HttpConnectionFactory()), port);
  }

  private static ServerConnector tls(Server server) {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setKeyStorePath(Tls.keyStore().toString());
    ssl.setKeyStorePassword(Tls.PASSWORD);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(server, ssl, new HttpConnectionFactory(configuration));
    return bind(connector, 0);
  }

  private static ServerConnector bind(ServerConnector connector, int port) {
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    return connector;
  }
}
