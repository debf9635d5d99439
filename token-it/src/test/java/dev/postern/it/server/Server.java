package dev.postern.it.server;

import dev.postern.it.Api;
import dev.postern.it.AppLog;
import dev.postern.it.Container;
import dev.postern.it.Deployment;
import dev.postern.it.Folders;
import dev.postern.it.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The servers that there are. Each application gets a process of its own. */
public enum Server implements Launcher {
  TOMCAT_9("Tomcat", "9.0.117", "4.0", Api.JAVAX, "apache-tomcat", new TomcatKit()),
  JETTY_12_EE8("Jetty ee8", "12.1.12", "4.0", Api.JAVAX, "jetty-home", JettyKit.environment("ee8")),
  TOMCAT_11("Tomcat", "11.0.24", "6.1", Api.JAKARTA, "apache-tomcat", new TomcatKit()),
  JETTY_12_EE11(
      "Jetty ee11", "12.1.12", "6.1", Api.JAKARTA, "jetty-home", JettyKit.environment("ee11"));

  private final String product;
  private final String version;
  private final String servlet;
  private final Api api;
  private final String folder;
  private final Kit kit;

  Server(String product, String version, String servlet, Api api, String folder, Kit kit) {
    this.product = product;
    this.version = version;
    this.servlet = servlet;
    this.api = api;
    this.folder = folder;
    this.kit = kit;
  }

  /** As in {@code Tomcat 9.0.117}. */
  public String title() {
    return product + " " + version;
  }

  /** Its level of the Servlet API, as in {@code 4.0}. */
  public String servlet() {
    return servlet;
  }

  @Override
  public Api api() {
    return api;
  }

  @Override
  public AppLog log() {
    return ServerLog.ofAll();
  }

  @Override
  public Container start(Deployment deployment) {
    try {
      Path work = Folders.create(name().toLowerCase(Locale.ROOT)).toAbsolutePath();
      Site site = Site.of(deployment, work, Path.of(System.getProperty("java.home")));
      List<String> command = kit.prepare(home(), site);
      return ServerProcess.start(title(), site, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path home() {
    String servers = System.getProperty("postern.it.servers");
    if (servers == null) {
      throw new IllegalStateException("set the system property postern.it.servers (Maven does)");
    }
    return Path.of(servers, folder + "-" + version).toAbsolutePath();
  }
}
