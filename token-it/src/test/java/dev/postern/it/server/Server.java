package dev.postern.it.server;

import dev.postern.it.Api;
import dev.postern.it.AppLog;
import dev.postern.it.Container;
import dev.postern.it.Deployment;
import dev.postern.it.Folders;
import dev.postern.it.Launcher;
import dev.postern.it.Quirk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The servers that there are. Each application gets a process of its own. */
public enum Server implements Launcher {
  JETTY_12_EE11(
      "Jetty",
      "12.1.12 ee11",
      "6.1",
      Api.JAKARTA,
      "jetty-home-12.1.12",
      JettyKit.environment("ee11"),
      Quirk.ERROR_PAGE_BY_GET),
  JETTY_12_EE10(
      "Jetty",
      "12.1.12 ee10",
      "6.0",
      Api.JAKARTA,
      "jetty-home-12.1.12",
      JettyKit.environment("ee10")),
  JETTY_12_EE9(
      "Jetty",
      "12.1.12 ee9",
      "5.0",
      Api.JAKARTA,
      "jetty-home-12.1.12",
      JettyKit.environment("ee9")),
  JETTY_12_EE8(
      "Jetty", "12.1.12 ee8", "4.0", Api.JAVAX, "jetty-home-12.1.12", JettyKit.environment("ee8")),
  JETTY_11(
      "Jetty",
      "11.0.26",
      "5.0",
      Api.JAKARTA,
      "jetty-home-11.0.26",
      JettyKit.single(),
      Quirk.BACKSLASH,
      Quirk.ENCODED_BACKSLASH),
  JETTY_10(
      "Jetty",
      "10.0.25",
      "4.0",
      Api.JAVAX,
      "jetty-home-10.0.25",
      JettyKit.single(),
      Quirk.BACKSLASH,
      Quirk.ENCODED_BACKSLASH),
  JETTY_9(
      "Jetty",
      "9.4.58",
      "3.1",
      Api.JAVAX,
      "jetty-home-9.4.58.v20250814",
      JettyKit.single(),
      Quirk.BACKSLASH,
      Quirk.ENCODED_BACKSLASH,
      Quirk.DOUBLE_SLASH,
      Quirk.ANY_CASE_OF_METHOD),
  TOMCAT_11(
      "Tomcat",
      "11.0.24",
      "6.1",
      Api.JAKARTA,
      "apache-tomcat-11.0.24",
      TomcatKit.tomcat(),
      Quirk.ERROR_PAGE_BY_GET),
  TOMCAT_10_1("Tomcat", "10.1.59", "6.0", Api.JAKARTA, "apache-tomcat-10.1.59", TomcatKit.tomcat()),
  TOMCAT_10_0("Tomcat", "10.0.27", "5.0", Api.JAKARTA, "apache-tomcat-10.0.27", TomcatKit.tomcat()),
  TOMCAT_9("Tomcat", "9.0.117", "4.0", Api.JAVAX, "apache-tomcat-9.0.117", TomcatKit.tomcat()),
  TOMEE_9(
      "TomEE web profile",
      "9.0.0",
      "5.0",
      Api.JAKARTA,
      "apache-tomee-webprofile-9.0.0",
      TomcatKit.tomEe()),
  TOMEE_8(
      "TomEE web profile",
      "8.0.13",
      "4.0",
      Api.JAVAX,
      "apache-tomee-webprofile-8.0.13",
      TomcatKit.tomEe()),
  UNDERTOW(
      "Undertow",
      "2.3.26",
      "6.0",
      Api.JAKARTA,
      "",
      new UndertowKit(),
      Quirk.DOUBLE_SLASH,
      Quirk.DOT_SEGMENT,
      Quirk.DOTS_WITH_SEMICOLON),
  WILDFLY_39(
      "WildFly",
      "39.0.1",
      "6.0",
      Api.JAKARTA,
      "wildfly-39.0.1.Final",
      new WildFlyKit(),
      Quirk.DOTS_WITH_SEMICOLON),
  WILDFLY_27("WildFly", "27.0.1", "6.0", Api.JAKARTA, "wildfly-27.0.1.Final", new WildFlyKit()),
  WILDFLY_26("WildFly", "26.1.3", "4.0", Api.JAVAX, "wildfly-26.1.3.Final", new WildFlyKit()),
  LIBERTY_EE10(
      "Open Liberty",
      "26.0.0.3 EE 10",
      "6.0",
      Api.JAKARTA,
      "wlp",
      new LibertyKit("servlet-6.0", "appSecurity-5.0"),
      Quirk.HASH_IN_PATH),
  LIBERTY_EE9(
      "Open Liberty",
      "26.0.0.3 EE 9",
      "5.0",
      Api.JAKARTA,
      "wlp",
      new LibertyKit("servlet-5.0", "appSecurity-4.0"),
      Quirk.DOUBLE_SLASH,
      Quirk.DOT_SEGMENT,
      Quirk.DOTS_WITH_SEMICOLON,
      Quirk.BACKSLASH,
      Quirk.ENCODED_BACKSLASH),
  LIBERTY_EE8(
      "Open Liberty",
      "26.0.0.3 EE 8",
      "4.0",
      Api.JAVAX,
      "wlp",
      new LibertyKit("servlet-4.0", "appSecurity-3.0"),
      Quirk.DOUBLE_SLASH,
      Quirk.DOT_SEGMENT,
      Quirk.DOTS_WITH_SEMICOLON,
      Quirk.BACKSLASH,
      Quirk.ENCODED_BACKSLASH),
  GLASSFISH_8(
      "GlassFish", "8.0.0", "6.1", Api.JAKARTA, "glassfish8", new GlassFishKit(), Jdk.SECOND),
  GLASSFISH_7("GlassFish", "7.0.21", "6.0", Api.JAKARTA, "glassfish7", new GlassFishKit()),
  PAYARA_7(
      "Payara",
      "7.2025.1",
      "6.1",
      Api.JAKARTA,
      "payara7",
      new GlassFishKit(),
      Jdk.SECOND,
      Quirk.LATIN_1_IN_HEADER),
  PAYARA_6(
      "Payara",
      "6.2025.10",
      "6.0",
      Api.JAKARTA,
      "payara6",
      new GlassFishKit(),
      Quirk.LATIN_1_IN_HEADER),
  PAYARA_5("Payara web", "5.2022.5", "4.0", Api.JAVAX, "payara5", new GlassFishKit()),
  PAYARA_MICRO_6(
      "Payara Micro",
      "6.2025.10",
      "6.0",
      Api.JAKARTA,
      "payara-micro-6.2025.10.jar",
      new PayaraMicroKit(),
      Quirk.LATIN_1_IN_HEADER),
  PAYARA_MICRO_5(
      "Payara Micro",
      "5.2022.5",
      "4.0",
      Api.JAVAX,
      "payara-micro-5.2022.5.jar",
      new PayaraMicroKit());

  private final String product;
  private final String version;
  private final String servlet;
  private final Api api;
  private final String home;
  private final Kit kit;
  private final Jdk jdk;
  private final Set<Quirk> quirks;
  private volatile @Nullable Duration startTime;
  private volatile boolean isBroken;

  Server(
      String product,
      String version,
      String servlet,
      Api api,
      String home,
      Kit kit,
      Quirk... quirks) {
    this(product, version, servlet, api, home, kit, Jdk.OF_THE_TESTS, quirks);
  }

  Server(
      String product,
      String version,
      String servlet,
      Api api,
      String home,
      Kit kit,
      Jdk jdk,
      Quirk... quirks) {
    this.product = product;
    this.version = version;
    this.servlet = servlet;
    this.api = api;
    this.home = home;
    this.kit = kit;
    this.jdk = jdk;
    this.quirks = EnumSet.noneOf(Quirk.class);
    this.quirks.addAll(kit.quirks());
    this.quirks.addAll(List.of(quirks));
  }

  /** As in {@code Tomcat}. */
  public String product() {
    return product;
  }

  /** As in {@code 9.0.117}. */
  public String version() {
    return version;
  }

  /** From the start of its first process to the first answer of the application. */
  public @Nullable Duration startTime() {
    return startTime;
  }

  /** Its level of the Servlet API, as in {@code 4.0}. */
  public String servlet() {
    return servlet;
  }

  /** The JDK that it runs on. */
  public Jdk jdk() {
    return jdk;
  }

  @Override
  public Api api() {
    return api;
  }

  @Override
  public Set<Quirk> quirks() {
    return Collections.unmodifiableSet(quirks);
  }

  @Override
  public boolean hasCdi() {
    return kit.hasCdi();
  }

  @Override
  public boolean isOutOfProcess() {
    return true;
  }

  @Override
  public AppLog log() {
    return ServerLog.ofAll();
  }

  @Override
  public Container start(Deployment deployment) {
    if (isBroken) {
      throw new IllegalStateException(product + " " + version + " did not start before");
    }
    try {
      Path work = Folders.create(name().toLowerCase(Locale.ROOT)).toAbsolutePath();
      Site site = Site.of(deployment, work, jdk.home());
      List<String> command = kit.prepare(home(), site);
      long before = System.nanoTime();
      Container started = launch(site, command);
      if (startTime == null) {
        startTime = Duration.ofNanos(System.nanoTime() - before);
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It is waited for in vain once, and not for each test anew. */
  private Container launch(Site site, List<String> command) {
    try {
      return ServerProcess.start(product + " " + version, site, command);
    } catch (IllegalStateException e) {
      isBroken = e.getCause() == null;
      throw e;
    }
  }

  private Path home() {
    String servers = System.getProperty("postern.it.servers");
    if (servers == null) {
      throw new IllegalStateException("set the system property postern.it.servers (Maven does)");
    }
    return Path.of(servers, home).toAbsolutePath();
  }
}
