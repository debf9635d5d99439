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
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GlassFish and Payara, with a copy of domain1; the application lies in its autodeploy folder. They
 * listen on all addresses, whatever is configured: for a network namespace of their own only.
 */
final class GlassFishKit implements Kit {
  private static final Pattern PORT =
      Pattern.compile("( port=| name=\"JMS_PROVIDER_PORT\" value=)\"(\\d{4,5})\"");

  /** The one that the test application names. */
  private static final String REALM =
      """
      <auth-realm name="test" classname="com.sun.enterprise.security.auth.realm.file.FileRealm">
        <property name="file" value="${com.sun.aas.instanceRoot}/config/keyfile"></property>
        <property name="jaas-context" value="fileRealm"></property>
      </auth-realm>
      """;

  /** Where OSGi has unpacked its bundles, which takes as long as all the rest of a start. */
  private static final String BUNDLES = "osgi-cache";

  private static final int ITERATIONS = 100;
  private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};

  /** The domain that was prepared last. */
  private Optional<Path> last = Optional.empty();

  @Override
  public Set<Quirk> quirks() {
    return EnumSet.of(
        Quirk.BROKEN_CHUNKS,
        Quirk.CHUNK_EXTENSIONS,
        Quirk.EMPTY_CHUNKS,
        Quirk.BODY_OF_DELETE,
        Quirk.CUT_OFF_BODY,
        Quirk.DOTS_WITH_SEMICOLON,
        Quirk.PAGE_AFTER_EXCEPTION);
  }

  @Override
  public boolean hasCdi() {
    return true;
  }

  @Override
  public List<String> prepare(Path home, Site site) throws IOException {
    Path domain = site.folder().resolve("domains/domain1");
    Files.createDirectories(domain.getParent());
    Folders.copy(home.resolve("glassfish/domains/domain1"), domain);
    Optional<Path> unpacked = last.map(before -> before.resolve(BUNDLES)).filter(Files::exists);
    if (unpacked.isPresent()) {
      Folders.copy(unpacked.get(), domain.resolve(BUNDLES));
    }
    last = Optional.of(domain);
    Path domainXml = domain.resolve("config/domain.xml");
    String xml = withOwnPorts(Files.readString(domainXml), site);
    Files.writeString(
        domainXml,
        xml.replace("xpowered-by=\"true\"", "xpowered-by=\"false\"")
            .replace("das-port=\"4900\"", "enabled=\"false\"")
            .replaceFirst("<jvm-options>", options() + "<jvm-options>")
            .replaceFirst("<auth-realm ", Matcher.quoteReplacement(REALM) + "<auth-realm ")
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

  private static String options() {
    return "<jvm-options>"
        + String.join("</jvm-options><jvm-options>", Site.QUICK)
        + "</jvm-options>";
  }

  /** Several of them run at a time, and all of their ports are open. */
  private static String withOwnPorts(String xml, Site site) {
    return PORT.matcher(xml)
        .replaceAll(
            found -> {
              int port = found.group(2).equals("8080") ? site.port() : Site.freePort();
              return found.group(1) + "\"" + port + "\"";
            });
  }

  /** The user of the tests, as a file realm has it. */
  static String keyFile() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Realm.PASSWORD.getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(SALT);
      for (int i = 1; i < ITERATIONS; i++) {
        hash = digest.digest(hash);
      }
      byte[] both = java.util.Arrays.copyOf(hash, hash.length + SALT.length);
      System.arraycopy(SALT, 0, both, hash.length, SALT.length);
      String encoded = Base64.getEncoder().encodeToString(both);
      return Realm.USER + ";{SSHA256}" + encoded + ";" + Realm.ROLE + "\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
