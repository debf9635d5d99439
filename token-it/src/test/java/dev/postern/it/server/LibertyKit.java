package dev.postern.it.server;

import dev.postern.it.Quirk;
import dev.postern.it.Realm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Open Liberty, with a user folder of its own and these features. */
final class LibertyKit implements Kit {
  private final List<String> features;

  LibertyKit(String... features) {
    this.features = List.of(features);
  }

  @Override
  public Set<Quirk> quirks() {
    return EnumSet.of(Quirk.LOOSE_LENGTH, Quirk.ANY_CASE_OF_METHOD, Quirk.COOKIE_AT_LOGIN);
  }

  /** With the feature appSecurity. */
  @Override
  public boolean hasCdi() {
    return true;
  }

  @Override
  public List<String> prepare(Path home, Site site) throws IOException {
    Path user = site.folder().resolve("usr");
    Kit.write(user.resolve("servers/it/server.xml"), serverXml(site));
    return site.java(
        List.of("WLP_USER_DIR=" + user, "WLP_OUTPUT_DIR=" + site.folder().resolve("out")),
        "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
        "--add-exports=java.base/sun.security.action=ALL-UNNAMED",
        "-jar",
        home.resolve("bin/tools/ws-server.jar").toString(),
        "it");
  }

  private String serverXml(Site site) {
    StringBuilder named = new StringBuilder();
    features.forEach(feature -> named.append("<feature>").append(feature).append("</feature>"));
    return """
        <server>
          <featureManager>%s</featureManager>
          <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
          <webContainer disableXPoweredBy="true"/>
          <basicRegistry realm="test">
            <user name="%s" password="%s"/>
          </basicRegistry>
          <webApplication contextRoot="%s" location="%s">
            <application-bnd>
              <security-role name="%s"><user name="%s"/></security-role>
            </application-bnd>
          </webApplication>
          <logging consoleLogLevel="INFO" consoleFormat="simple"/>
        </server>
        """
        .formatted(
            named,
            site.port(),
            Realm.USER,
            Realm.PASSWORD,
            site.context(),
            site.war(),
            Realm.ROLE,
            Realm.USER);
  }
}
