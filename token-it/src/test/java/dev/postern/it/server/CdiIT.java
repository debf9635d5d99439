package dev.postern.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Container;
import dev.postern.it.Deployment;
import dev.postern.it.RawHttp;
import dev.postern.it.Webapp;
import dev.postern.it.app.ExtensionsListener;
import dev.postern.it.app.FlakyStore;
import dev.postern.it.app.Recorder;
import dev.postern.it.app.TinyStore;
import dev.postern.it.app.VoucherGrant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An application's CDI beans are extensions, where there is CDI (here Weld on Tomcat)")
final class CdiIT {
  private static final String SECRET = "kX7-of-a-bean-generated-secret-0041";
  private static final String CLIENTS =
      "{\"clients\":[{\"client_id\":\"batch\",\"grant_types\":[\"urn:example:voucher\"],"
          + "\"scope\":\"a b\",\"secrets\":[{\"hash\":\"%s\"}]}]}";
  private static final String LISTENER =
      "<listener><listener-class>%s</listener-class></listener>\n";
  private static final String FILTER =
      """
      <filter>
        <filter-name>oauth</filter-name>
        <filter-class>dev.postern.servlet.TokenFilter</filter-class>%s
      </filter>
      <filter-mapping><filter-name>oauth</filter-name><url-pattern>/oauth/*</url-pattern></filter-mapping>
      """;

  @Test
  void a_grant_that_is_a_bean() {
    try (Webapp webapp = withWeld("", "").with(VoucherGrant.class)) {
      assertIssuesForVouchers(webapp);
    }
  }

  @Test
  void a_class_that_is_named_and_a_bean_too_is_one_extension() {
    String named =
        "<init-param><param-name>extensions</param-name><param-value>"
            + VoucherGrant.class.getName()
            + "</param-value></init-param>";
    try (Webapp webapp = withWeld("", named).with(VoucherGrant.class)) {
      assertIssuesForVouchers(webapp);
    }
  }

  @Test
  void where_there_can_be_only_one_both_are_named() {
    try (Webapp webapp =
        withWeld(LISTENER.formatted(ExtensionsListener.class.getName()), "")
            .with(ExtensionsListener.class, FlakyStore.class, Recorder.class, TinyStore.class)) {

      assertThatThrownBy(() -> Server.TOMCAT_11.start(Deployment.of(webapp)))
          .rootCause()
          .hasMessageContaining(
              "there can be only one TokenStore, but there are "
                  + FlakyStore.class.getName()
                  + " (ServletContext attribute), "
                  + TinyStore.class.getName()
                  + " (CDI bean)");
    }
  }

  private static void assertIssuesForVouchers(Webapp webapp) {
    String credentials =
        Base64.getEncoder().encodeToString(("batch:" + SECRET).getBytes(StandardCharsets.UTF_8));
    try (Container server = Server.TOMCAT_11.start(Deployment.of(webapp))) {
      Answer answer =
          RawHttp.to(server)
              .postForm(
                  "/oauth/token",
                  "grant_type=urn:example:voucher&voucher=gold-1",
                  "Authorization: Basic " + credentials);

      assertThat(answer.status()).as(answer::toString).isEqualTo(200);
      assertThat(answer.json().getString("level")).isEqualTo("gold");
    }
  }

  private static Webapp withWeld(String listeners, String parameters) {
    String weld = LISTENER.formatted("org.jboss.weld.environment.servlet.Listener");
    return Webapp.containing(weld + listeners + FILTER.formatted(parameters))
        .with("WEB-INF/clients.json", CLIENTS.formatted(Sha256Secrets.hash(Secret.of(SECRET))))
        .with("WEB-INF/beans.xml", "<beans bean-discovery-mode=\"all\" version=\"4.0\"/>")
        .withLibrary(Path.of(System.getProperty("postern.it.servers"), "weld-servlet-shaded.jar"));
  }
}
