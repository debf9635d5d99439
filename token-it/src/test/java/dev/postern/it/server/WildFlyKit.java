package dev.postern.it.server;

import dev.postern.it.Folders;
import dev.postern.it.Quirk;
import dev.postern.it.Realm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** WildFly, with a base folder of its own; the application lies exploded in its deployments. */
final class WildFlyKit implements Kit {
  /** From bin/common.sh. */
  private static final List<String> OPENS =
      List.of(
          "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
          "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
          "--add-opens=java.base/com.sun.net.ssl.internal.ssl=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.security=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.management/javax.management=ALL-UNNAMED",
          "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

  @Override
  public Set<Quirk> quirks() {
    Set<Quirk> quirks = new UndertowKit().quirks();
    quirks.add(Quirk.TAB_IN_HEADER);
    return quirks;
  }

  @Override
  public boolean hasCdi() {
    return true;
  }

  @Override
  public List<String> prepare(Path home, Site site) throws IOException {
    Path base = site.folder().resolve("standalone");
    Folders.copy(home.resolve("standalone"), base);
    Kit.write(
        base.resolve("configuration/application-users.properties"),
        Realm.USER + "=" + hash() + "\n");
    Kit.write(
        base.resolve("configuration/application-roles.properties"),
        Realm.USER + "=" + Realm.ROLE + "\n");
    configure(base.resolve("configuration/standalone.xml"));
    Files.createDirectories(base.resolve("deployments"));
    Folders.copy(site.war(), base.resolve("deployments/shop.war"));
    Kit.write(
        base.resolve("deployments/shop.war/WEB-INF/jboss-web.xml"),
        "<jboss-web><context-root>" + site.context() + "</context-root></jboss-web>");
    Kit.write(base.resolve("deployments/shop.war.dodeploy"), "");
    List<String> command = site.java();
    command.addAll(OPENS);
    command.addAll(
        List.of(
            "-Djboss.home.dir=" + home,
            "-Djboss.server.base.dir=" + base,
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dorg.jboss.boot.log.file=" + base.resolve("log/boot.log"),
            "-Dlogging.configuration=file:" + base.resolve("configuration/logging.properties"),
            "-jar",
            home.resolve("jboss-modules.jar").toString(),
            "-mp",
            home.resolve("modules").toString(),
            "org.jboss.as.standalone",
            "-b=127.0.0.1",
            "-bmanagement=127.0.0.1",
            "-Djboss.http.port=" + site.port(),
            "-Djboss.https.port=" + site.tlsPort(),
            "-Djboss.management.http.port=" + Site.freePort(),
            "-Djboss.management.https.port=" + Site.freePort()));
    return command;
  }

  /**
   * Else Undertow takes the Basic credentials of a client for those of a user wherever the
   * application has a login-config, and refuses them itself; and it starts filters with their first
   * request, so that a bad configuration stops no deployment (docs/servers/wildfly.md).
   */
  private static void configure(Path configuration) throws IOException {
    String before = Files.readString(configuration);
    String after =
        before.replace(
            "<servlet-container name=\"default\">",
            "<servlet-container name=\"default\" proactive-authentication=\"false\""
                + " eager-filter-initialization=\"true\">");
    if (after.equals(before)) {
      throw new IllegalStateException("no servlet-container in " + configuration);
    }
    Kit.write(configuration, after);
  }

  private static String hash() {
    try {
      byte[] text =
          (Realm.USER + ":ApplicationRealm:" + Realm.PASSWORD).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
