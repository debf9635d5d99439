package dev.postern.it.server;

import dev.postern.it.Realm;
import dev.postern.it.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Jetty, with a jetty.base of its own. */
final class JettyKit implements Kit {
  private static final String DOCTYPE =
      "<!DOCTYPE Configure PUBLIC \"-//Jetty//Configure//EN\""
          + " \"https://jetty.org/configure_9_3.dtd\">\n";

  private final String deployModule;
  private final String contextClass;

  private JettyKit(String deployModule, String contextClass) {
    this.deployModule = deployModule;
    this.contextClass = contextClass;
  }

  /** Before Jetty 12: one Servlet API per server. */
  static JettyKit single() {
    return new JettyKit("deploy", "org.eclipse.jetty.webapp.WebAppContext");
  }

  /** Jetty 12, with this one of its environments, such as {@code ee10}. */
  static JettyKit environment(String name) {
    return new JettyKit(name + "-deploy", "org.eclipse.jetty." + name + ".webapp.WebAppContext");
  }

  @Override
  public List<String> prepare(Path home, Site site) throws IOException {
    Path base = site.folder();
    Kit.write(base.resolve("webapps/shop.xml"), contextXml(site));
    Kit.write(base.resolve("etc/realm.xml"), realmXml());
    List<String> command =
        site.java(
            "-jar",
            home.resolve("start.jar").toString(),
            "jetty.home=" + home,
            "jetty.base=" + base,
            "jetty.http.host=127.0.0.1",
            "jetty.http.port=" + site.port());
    if (site.deployment().tls()) {
      command.addAll(
          List.of(
              "jetty.ssl.host=127.0.0.1",
              "jetty.ssl.port=" + site.tlsPort(),
              "jetty.ssl.sniHostCheck=false",
              "jetty.sslContext.keyStorePath=" + Tls.keyStore().toAbsolutePath(),
              "jetty.sslContext.keyStorePassword=" + Tls.PASSWORD,
              "--module=https"));
    }
    command.addAll(List.of("--module=http", "--module=security", "etc/realm.xml"));
    // Last: what comes after the module of an environment is a property of that environment alone.
    command.add("--module=" + deployModule);
    return command;
  }

  private String contextXml(Site site) {
    return DOCTYPE
        + """
        <Configure class="%s">
          <Set name="contextPath">%s</Set>
          <Set name="war">%s</Set>
        </Configure>
        """
            .formatted(contextClass, site.context(), site.war());
  }

  private static String realmXml() {
    return DOCTYPE
        + """
        <Configure id="Server" class="org.eclipse.jetty.server.Server">
          <Call name="addBean">
            <Arg>
              <New class="org.eclipse.jetty.security.HashLoginService">
                <Set name="name">test</Set>
                <Call name="setUserStore">
                  <Arg>
                    <New class="org.eclipse.jetty.security.UserStore">
                      <Call name="addUser">
                        <Arg>%s</Arg>
                        <Arg>
                          <Call class="org.eclipse.jetty.util.security.Credential" name="getCredential">
                            <Arg>%s</Arg>
                          </Call>
                        </Arg>
                        <Arg><Array type="String"><Item>%s</Item></Array></Arg>
                      </Call>
                    </New>
                  </Arg>
                </Call>
              </New>
            </Arg>
          </Call>
        </Configure>
        """
            .formatted(Realm.USER, Realm.PASSWORD, Realm.ROLE);
  }
}
