package dev.postern.it.contract;

import dev.postern.it.AppLog;
import dev.postern.it.Deployment;
import dev.postern.it.Launcher;
import dev.postern.it.LogCapture;
import dev.postern.it.Realm;
import dev.postern.it.Webapp;
import dev.postern.it.app.BehindServlet;
import dev.postern.it.app.HostServlet;
import dev.postern.it.app.LogServlet;
import dev.postern.servlet.TokenFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * An application around one of the filters, to be changed until it is started: at {@code /shop},
 * the filter {@code token} at {@code /oauth/*}, the host API at {@code /host}, and something that
 * answers everything else.
 */
final class TestApp {
  /** Jetty has no realm without it. */
  private static final String REALM =
      "<login-config><auth-method>BASIC</auth-method><realm-name>test</realm-name></login-config>\n";

  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<Class<?>> classes = new ArrayList<>();
  private final StringBuilder before = new StringBuilder();
  private final StringBuilder after = new StringBuilder();
  private UnaryOperator<Deployment> deployment = plain -> plain.at("/shop").readyAt("/log");
  private UnaryOperator<Webapp> exploded = plain -> plain;
  private String login = REALM;
  private String filterClass = TokenFilter.class.getName();
  private String pattern = "/oauth/*";
  private String dispatchers = "";
  private boolean hasHost = true;
  private boolean isStateless;

  private TestApp() {}

  /** With this clients file, and failures not counted, as tests fail often. */
  static TestApp with(TestClients clients) {
    return new TestApp()
        .file("WEB-INF/clients.json", clients.json())
        .parameter("failureLimit", "0");
  }

  /** With no clients file and no init-param. */
  static TestApp bare() {
    return new TestApp();
  }

  /** An init-param of the filter. */
  TestApp parameter(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  TestApp without(String parameter) {
    parameters.remove(parameter);
    return this;
  }

  TestApp file(String path, String text) {
    files.put(path, text);
    return this;
  }

  TestApp filter(Class<?> type) {
    filterClass = type.getName();
    return type == TokenFilter.class ? this : stateless();
  }

  TestApp mapping(String urlPattern) {
    pattern = urlPattern;
    return this;
  }

  /** The filter sees these dispatches too. */
  TestApp dispatchers(String... types) {
    StringBuilder xml = new StringBuilder();
    for (String type : types) {
      xml.append("<dispatcher>").append(type).append("</dispatcher>");
    }
    dispatchers = xml.toString();
    return this;
  }

  /** A filter before Postern's. */
  TestApp earlier(Class<?> type, String urlPattern) {
    before.append(
        """
        <filter><filter-name>earlier</filter-name><filter-class>%s</filter-class></filter>
        <filter-mapping><filter-name>earlier</filter-name><url-pattern>%s</url-pattern></filter-mapping>
        """
            .formatted(type.getName(), urlPattern));
    return type.getPackageName().equals("dev.postern.servlet") ? this : classes(type);
  }

  TestApp servlet(Class<?> type, String urlPattern) {
    String name = type.getSimpleName();
    after.append(
        """
        <servlet><servlet-name>%s</servlet-name><servlet-class>%s</servlet-class>
        <async-supported>true</async-supported></servlet>
        <servlet-mapping><servlet-name>%s</servlet-name><url-pattern>%s</url-pattern></servlet-mapping>
        """
            .formatted(name, type.getName(), name, urlPattern));
    return classes(type);
  }

  /** More of web.xml, before Postern's filter. */
  TestApp xmlBefore(String elements) {
    before.append(elements).append('\n');
    return this;
  }

  /** More of web.xml. */
  TestApp xml(String elements) {
    after.append(elements).append('\n');
    return this;
  }

  TestApp classes(Class<?>... types) {
    classes.addAll(List.of(types));
    return this;
  }

  /** More of the exploded application. */
  TestApp exploded(UnaryOperator<Webapp> more) {
    UnaryOperator<Webapp> before = exploded;
    exploded = plain -> more.apply(before.apply(plain));
    return this;
  }

  /** Without the servlets beside the filter: that it runs is told by a file. */
  TestApp alone() {
    hasHost = false;
    return file("up.txt", "up").deployed(plain -> plain.readyAt("/up.txt"));
  }

  /** It brings a store of its own, or keeps nothing: it is the same whatever the others keep. */
  TestApp stateless() {
    isStateless = true;
    return this;
  }

  /** Whether it uses the filter's own store. */
  boolean isStateful() {
    return !isStateless;
  }

  /** Over a database, as {@code jdbc/postern}. */
  TestApp over(DataSource source) {
    return parameter("dataSource", "jdbc/postern")
        .parameter("createSchema", "true")
        .xml(
            "<resource-ref><res-ref-name>jdbc/postern</res-ref-name>"
                + "<res-type>javax.sql.DataSource</res-type>"
                + "<res-auth>Container</res-auth></resource-ref>")
        .deployed(plain -> plain.binding("jdbc/postern", source));
  }

  TestApp tls() {
    return deployed(Deployment::withTls);
  }

  /** System properties of the JVM that it starts in. */
  TestApp properties(Map<String, String> systemProperties) {
    return deployed(plain -> plain.with(systemProperties));
  }

  TestApp realm(Realm realm) {
    return deployed(plain -> plain.with(realm));
  }

  /** With this in place of a {@code login-config} for BASIC. */
  TestApp login(String xml) {
    login = xml;
    return this;
  }

  private TestApp deployed(UnaryOperator<Deployment> more) {
    UnaryOperator<Deployment> before = deployment;
    deployment = plain -> more.apply(before.apply(plain));
    return this;
  }

  String tokenPath() {
    return "/shop" + pattern.replace("/*", "/token");
  }

  /** Where its pages behind {@code error_uri} lie; empty if it has none. */
  String errorPages() {
    boolean isServed =
        filterClass.equals(TokenFilter.class.getName())
            && pattern.endsWith("/*")
            && !parameters.getOrDefault("errorPages", "true").equals("false");
    String base = parameters.getOrDefault("path", pattern.replace("/*", ""));
    return isServed ? "/shop" + base + "/errors/" : "";
  }

  Deployment deployment(Webapp webapp) {
    return deployment.apply(Deployment.of(webapp));
  }

  /** The exploded application, for what this starts. */
  Webapp explode(Launcher launcher) {
    if (hasHost) {
      servlet(HostServlet.class, "/host").servlet(BehindServlet.class, "/");
    }
    if (hasHost && launcher.isOutOfProcess()) {
      servlet(LogServlet.class, "/log").classes(LogCapture.class, AppLog.class);
      xml(
          "<listener><listener-class>"
              + LogServlet.class.getName()
              + "</listener-class></listener>");
    }
    Webapp webapp = Webapp.containing(launcher.api(), before + filterXml() + after + login);
    files.forEach(webapp::with);
    return exploded.apply(webapp.with(classes.toArray(Class<?>[]::new)));
  }

  private String filterXml() {
    StringBuilder xml = new StringBuilder("<filter><filter-name>token</filter-name>");
    xml.append("<filter-class>").append(filterClass).append("</filter-class>");
    parameters.forEach(
        (name, value) ->
            xml.append("<init-param><param-name>")
                .append(name)
                .append("</param-name><param-value>")
                .append(value)
                .append("</param-value></init-param>\n"));
    return xml.append("</filter>\n<filter-mapping><filter-name>token</filter-name><url-pattern>")
        .append(pattern)
        .append("</url-pattern>")
        .append(dispatchers)
        .append("</filter-mapping>\n")
        .toString();
  }
}
