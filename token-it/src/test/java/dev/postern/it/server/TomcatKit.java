package dev.postern.it.server;

import dev.postern.it.Folders;
import dev.postern.it.Realm;
import dev.postern.it.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tomcat, and TomEE on top of it, with a CATALINA_BASE of its own. */
final class TomcatKit implements Kit {
  /** What Tomcat's own scripts say for reflection into the JDK. */
  private static final List<String> OPENS =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");

  private final boolean isTomEe;

  private TomcatKit(boolean isTomEe) {
    this.isTomEe = isTomEe;
  }

  static TomcatKit tomcat() {
    return new TomcatKit(false);
  }

  static TomcatKit tomEe() {
    return new TomcatKit(true);
  }

  @Override
  public boolean hasCdi() {
    return isTomEe;
  }

  @Override
  public List<String> prepare(Path home, Site site) throws IOException {
    Path conf = site.folder().resolve("conf");
    Folders.copy(home.resolve("conf"), conf);
    Kit.write(conf.resolve("server.xml"), serverXml(site));
    Kit.write(
        conf.resolve("tomcat-users.xml"),
        "<tomcat-users><user username=\"%s\" password=\"%s\" roles=\"%s\"/></tomcat-users>"
            .formatted(Realm.USER, Realm.PASSWORD, Realm.ROLE));
    Kit.write(
        conf.resolve("logging.properties"),
        """
        handlers = java.util.logging.ConsoleHandler
        .handlers = java.util.logging.ConsoleHandler
        """);
    List<String> command = site.java();
    command.addAll(OPENS);
    if (isTomEe) {
      command.add("-javaagent:" + home.resolve("lib/openejb-javaagent.jar"));
    }
    command.addAll(
        List.of(
            "-cp",
            home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
            "-Dcatalina.home=" + home,
            "-Dcatalina.base=" + site.folder(),
            "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
            "-Djava.util.logging.config.file=" + conf.resolve("logging.properties"),
            "org.apache.catalina.startup.Bootstrap",
            "start"));
    return command;
  }

  private String serverXml(Site site) {
    return """
        <Server port="-1">
          %s
          <Service name="Catalina">
            <Connector address="127.0.0.1" port="%d"/>
            %s
            <Engine name="Catalina" defaultHost="localhost">
              <Realm className="org.apache.catalina.realm.MemoryRealm"/>
              <Host name="localhost" appBase="webapps" autoDeploy="false" deployOnStartup="false">
                <Context path="%s" docBase="%s"/>
              </Host>
            </Engine>
          </Service>
        </Server>
        """
        .formatted(
            isTomEe ? "<Listener className=\"org.apache.tomee.catalina.ServerListener\"/>" : "",
            site.port(),
            site.deployment().tls() ? tls(site) : "",
            site.deployment().contextPath(),
            site.war());
  }

  private static String tls(Site site) {
    return """
        <Connector address="127.0.0.1" port="%d" SSLEnabled="true" scheme="https" secure="true">
          <SSLHostConfig>
            <Certificate certificateKeystoreFile="%s" certificateKeystorePassword="%s"/>
          </SSLHostConfig>
        </Connector>
        """
        .formatted(site.tlsPort(), Tls.keyStore().toAbsolutePath(), Tls.PASSWORD);
  }
}
