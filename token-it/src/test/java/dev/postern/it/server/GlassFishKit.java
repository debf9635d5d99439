package dev.postern.it.server;

import dev.postern.it.Folders;
import dev.postern.it.Realm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * GlassFish and Payara, with a copy of domain1; the application lies in its autodeploy folder. They
 * listen on all addresses, whatever is configured: for a network namespace of their own only.
 */
final class GlassFishKit implements Kit {
  private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};

  @Override
  public List<String> prepare(Path home, Site site) throws IOException {
    Path domain = site.folder().resolve("domains/domain1");
    Files.createDirectories(domain.getParent());
    Folders.copy(home.resolve("glassfish/domains/domain1"), domain);
    Path domainXml = domain.resolve("config/domain.xml");
    String xml = Files.readString(domainXml);
    Files.writeString(
        domainXml,
        xml.replace("port=\"8080\"", "port=\"" + site.port() + "\"")
            .replace("xpowered-by=\"true\"", "xpowered-by=\"false\"")
            .replace("<http ", "<http xpowered-by=\"false\" ")
            .replace("xpowered-by=\"false\" xpowered-by=\"false\"", "xpowered-by=\"false\""));
    Kit.write(domain.resolve("config/keyfile"), keyFile());
    Files.createDirectories(domain.resolve("autodeploy"));
    Folders.copy(site.war(), domain.resolve("autodeploy/shop"));
    return List.of(
        "/usr/bin/env",
        "AS_JAVA=" + site.jdk(),
        "bash",
        home.resolve("bin/asadmin").toString(),
        "start-domain",
        "--verbose",
        "--domaindir",
        site.folder().resolve("domains").toString(),
        "domain1");
  }

  private static String keyFile() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Realm.PASSWORD.getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(SALT);
      byte[] both = java.util.Arrays.copyOf(hash, hash.length + SALT.length);
      System.arraycopy(SALT, 0, both, hash.length, SALT.length);
      String encoded = Base64.getEncoder().encodeToString(both);
      return Realm.USER + ";{SSHA256}" + encoded + ";" + Realm.ROLE + "\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
