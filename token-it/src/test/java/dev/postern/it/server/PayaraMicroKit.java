package dev.postern.it.server;

import dev.postern.it.Folders;
import dev.postern.it.Quirk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Payara Micro: one jar. It listens on all addresses: for a network namespace of its own only. */
final class PayaraMicroKit implements Kit {
  @Override
  public Set<Quirk> quirks() {
    return new GlassFishKit().quirks();
  }

  @Override
  public boolean hasCdi() {
    return true;
  }

  @Override
  public List<String> prepare(Path jar, Site site) throws IOException {
    Path application = site.folder().resolve("shop");
    Folders.copy(site.war(), application);
    Kit.write(site.folder().resolve("keyfile"), GlassFishKit.keyFile());
    Path commands = site.folder().resolve("commands.txt");
    Kit.write(
        commands,
        "create-auth-realm --classname com.sun.enterprise.security.auth.realm.file.FileRealm"
            + " --property file=%s:jaas-context=fileRealm test\n"
                .formatted(site.folder().resolve("keyfile")));
    return site.java(
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
        "--add-opens=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
        "--add-opens=java.base/sun.net.www.protocol.jrt=ALL-UNNAMED",
        "--add-opens=java.management/sun.management=ALL-UNNAMED",
        "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
        "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
        "--add-opens=java.logging/java.util.logging=ALL-UNNAMED",
        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
        "-jar",
        jar.toString(),
        "--nocluster",
        "--postbootcommandfile",
        commands.toString(),
        "--port",
        Integer.toString(site.port()),
        "--deploy",
        application.toString());
  }
}
