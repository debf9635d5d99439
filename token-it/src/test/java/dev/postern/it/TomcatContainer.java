package dev.postern.it;

import dev.postern.it.naming.BoundSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.naming.factory.ResourceLinkFactory;
import org.apache.tomcat.util.descriptor.web.ContextResource;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** Embedded Tomcat. */
final class TomcatContainer implements Container {
  static {
    // So that several run in one JVM, after one another or at once, and leave nothing behind.
    Registry.disableRegistry();
    TomcatURLStreamHandlerFactory.disable();
  }

  private final Tomcat tomcat;
  private final StandardContext context;
  private final List<String> bound;
  private final Path work;

  private TomcatContainer(Tomcat tomcat, StandardContext context, List<String> bound, Path work) {
    this.tomcat = tomcat;
    this.context = context;
    this.bound = bound;
    this.work = work;
  }

  static Container start(Deployment deployment) {
    try {
      Path work = Folders.create("tomcat");
      // Else Tomcat makes the folder of the first that ran in this JVM once more.
      System.setProperty(Globals.CATALINA_HOME_PROP, work.toString());
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(work.toString());
      // Tomcat keeps who may write to which JNDI context by name, once per JVM.
      tomcat.getEngine().setName(work.getFileName().toString());
      tomcat.enableNaming();
      tomcat.setConnector(plain(deployment.port()));
      if (deployment.tls()) {
        tomcat.getService().addConnector(tls());
      }
      tomcat.getEngine().setRealm(new TomcatRealm(deployment.realm()));
      tomcat.getHost().setStartStopThreads(1);
      StandardContext context = context(tomcat, deployment);
      TomcatContainer container =
          new TomcatContainer(tomcat, context, bind(deployment, context), work);
      container.start();
      return container;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return ServerInfo.getServerInfo().replace("Apache Tomcat/", "Tomcat ");
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
    return context.getPath();
  }

  @Override
  public void close() {
    // Of several Tomcats in one JVM, each believes the last that started to be itself.
    ResourceLinkFactory.setGlobalContext(tomcat.getServer().getGlobalNamingContext());
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException("Tomcat did not stop", e);
    } finally {
      bound.forEach(BoundSource::release);
      Folders.delete(work);
    }
  }

  private void start() {
    try (FirstFailure logged = new FirstFailure()) {
      tomcat.start();
      if (context.getState() != LifecycleState.STARTED) {
        close();
        throw Startup.failed(name(), logged.thrown.get());
      }
    } catch (LifecycleException e) {
      close();
      throw Startup.failed(name(), e);
    }
  }

  private int port(int connector) {
    return tomcat.getService().findConnectors()[connector].getLocalPort();
  }

  private static StandardContext context(Tomcat tomcat, Deployment deployment) {
    StandardJarScanner fragmentsOnly = new StandardJarScanner();
    fragmentsOnly.setScanClassPath(false);
    fragmentsOnly.setScanManifest(false);
    ContextConfig config = new ContextConfig();
    config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
    StandardContext context = new StandardContext();
    context.setName(deployment.contextPath());
    context.setPath(deployment.contextPath());
    context.setDocBase(deployment.webapp().folder().toString());
    context.setParentClassLoader(new ContainerLoader());
    context.setJarScanner(fragmentsOnly);
    context.addLifecycleListener(config);
    Wrapper files =
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
    files.setOverridable(true);
    context.addServletMapping("/", "default", false);
    tomcat.getHost().addChild(context);
    return context;
  }

  private static List<String> bind(Deployment deployment, StandardContext context) {
    List<String> bound = new ArrayList<>();
    deployment
        .dataSources()
        .forEach(
            (name, source) -> {
              String key = BoundSource.keep(source);
              ContextResource resource = new ContextResource();
              resource.setName(name);
              resource.setType(DataSource.class.getName());
              resource.setAuth("Container");
              resource.setProperty("factory", BoundSource.class.getName());
              resource.setProperty(BoundSource.KEY, key);
              context.getNamingResources().addResource(resource);
              bound.add(key);
            });
    return bound;
  }

  private static Connector plain(int port) {
    Connector connector = new Connector();
    connector.setPort(port);
    connector.setProperty("address", "127.0.0.1");
    connector.setThrowOnFailure(true);
    return connector;
  }

  private static Connector tls() {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystoreFile(Tls.keyStore().toString());
    certificate.setCertificateKeystorePassword(Tls.PASSWORD);
    host.addCertificate(certificate);
    Connector connector = plain(0);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(host);
    return connector;
  }

  /** The first exception that Tomcat logs: it does not throw when an application fails. */
  private static final class FirstFailure extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("org.apache.catalina");
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();

    FirstFailure() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getThrown() != null) {
        thrown.compareAndSet(null, line.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
