package dev.postern.it.cluster;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Webapp;
import dev.postern.it.app.HostServlet;
import dev.postern.it.probe.SourceServlet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The application of a node: the filter at {@code /oauth/*} over {@code jdbc/postern}, and the host
 * API at {@code /host}.
 */
final class ShopApp {
  /** Codes and refresh tokens. */
  static final String SHOP = "shop";

  static final String SHOP_SECRET = "kX7-cluster-shop-generated-secret-0001";

  /** Client credentials. */
  static final String BATCH = "batch";

  static final String BATCH_SECRET = "kX7-cluster-batch-generated-secret-0002";

  /** Passwords and refresh tokens. */
  static final String PORTAL = "portal";

  static final String PORTAL_SECRET = "kX7-cluster-portal-generated-secret-0003";

  private final Map<String, String> parameters = new LinkedHashMap<>();

  private ShopApp() {}

  /** Over the database; its tables are made when they are missing. */
  static ShopApp shared() {
    return new ShopApp().with("dataSource", "jdbc/postern").with("createSchema", "true");
  }

  /** Each node with a memory of its own. */
  static ShopApp alone() {
    return new ShopApp();
  }

  /** With this init-param too. */
  ShopApp with(String parameter, String value) {
    parameters.put(parameter, value);
    return this;
  }

  /** The exploded application. */
  Webapp explode() {
    StringBuilder settings = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            settings
                .append("<init-param><param-name>")
                .append(name)
                .append("</param-name><param-value>")
                .append(value)
                .append("</param-value></init-param>\n"));
    return Webapp.containing(
            """
            <filter>
              <filter-name>token</filter-name>
              <filter-class>dev.postern.servlet.TokenFilter</filter-class>
              %s</filter>
            <filter-mapping><filter-name>token</filter-name><url-pattern>/oauth/*</url-pattern></filter-mapping>
            <servlet>
              <servlet-name>host</servlet-name>
              <servlet-class>dev.postern.it.app.HostServlet</servlet-class>
            </servlet>
            <servlet-mapping><servlet-name>host</servlet-name><url-pattern>/host</url-pattern></servlet-mapping>
            <servlet>
              <servlet-name>source</servlet-name>
              <servlet-class>dev.postern.it.probe.SourceServlet</servlet-class>
            </servlet>
            <servlet-mapping><servlet-name>source</servlet-name><url-pattern>/source</url-pattern></servlet-mapping>
            <resource-ref>
              <res-ref-name>jdbc/postern</res-ref-name>
              <res-type>javax.sql.DataSource</res-type>
              <res-auth>Container</res-auth>
            </resource-ref>
            <login-config><auth-method>BASIC</auth-method><realm-name>test</realm-name></login-config>
            """
                .formatted(settings))
        .with("WEB-INF/clients.json", clients())
        .with(HostServlet.class, SourceServlet.class);
  }

  private static String clients() {
    return """
    {"clients":[
      {"client_id":"shop","grant_types":["authorization_code","refresh_token"],
        "scope":"profile email","redirect_uris":["https://shop.example/cb"],
        "secrets":[{"hash":"%s"}]},
      {"client_id":"batch","grant_types":["client_credentials"],"scope":"orders.read",
        "secrets":[{"hash":"%s"}]},
      {"client_id":"portal","grant_types":["password","refresh_token"],"scope":"orders.read",
        "secrets":[{"hash":"%s"}]}]}
    """
        .formatted(hash(SHOP_SECRET), hash(BATCH_SECRET), hash(PORTAL_SECRET));
  }

  private static String hash(String secret) {
    return Sha256Secrets.hash(Secret.of(secret));
  }
}
