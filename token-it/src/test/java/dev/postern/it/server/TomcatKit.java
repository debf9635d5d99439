package dev.postern.it.server;

import dev.postern.it.Realm;
import dev.postern.it.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tomcat, with a CATALINA_BASE of its own. */
final class TomcatKit implements Kit {
  @Override
  public List<String> prepare(Path home, Site site) throws IOException {
    Path conf = site.folder().resolve("conf");
    Files.createDirectories(conf);
    Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
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
    String libraries =
        home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar");
    return site.java(
        "-cp",
        libraries,
        "-Dcatalina.home=" + home,
        "-Dcatalina.base=" + site.folder(),
        "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
        "-Djava.util.logging.config.file=" + conf.resolve("logging.properties"),
        "org.apache.catalina.startup.Bootstrap",
        "start");
  }

  private static String serverXml(Site site) {
    return """
        <Server port="-1">
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
