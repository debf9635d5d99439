package dev.postern.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Answer;
import dev.postern.it.Container;
import dev.postern.it.Deployment;
import dev.postern.it.RawHttp;
import dev.postern.it.Webapp;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.BeanNameAware;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.HiddenHttpMethodFilter;

@DisplayName("Behind Spring's HiddenHttpMethodFilter, which has the container read each body")
final class SpringFilterIT {
  private static final String SECRET = "kX7-behind-spring-generated-secret-0042";
  private static final String CLIENTS =
      "{\"clients\":[{\"client_id\":\"batch\",\"grant_types\":[\"client_credentials\"],"
          + "\"scope\":\"a b\",\"secrets\":[{\"hash\":\"%s\"}]}]}";
  private static final String FILTERS =
      """
      <filter>
        <filter-name>methods</filter-name>
        <filter-class>org.springframework.web.filter.HiddenHttpMethodFilter</filter-class>
      </filter>
      <filter>
        <filter-name>oauth</filter-name>
        <filter-class>dev.postern.servlet.TokenFilter</filter-class>
      </filter>
      <filter-mapping><filter-name>methods</filter-name><url-pattern>/*</url-pattern></filter-mapping>
      <filter-mapping><filter-name>oauth</filter-name><url-pattern>/oauth/*</url-pattern></filter-mapping>
      """;
  private static final List<Class<?>> OF_EACH_JAR =
      List.of(
          HiddenHttpMethodFilter.class,
          EnvironmentAware.class,
          Environment.class,
          BeanNameAware.class,
          LogFactory.class);

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_11", "JETTY_12_EE11"})
  void a_token_request_is_read_all_the_same(Server kind) throws URISyntaxException {
    try (Webapp webapp = behindSpring();
        Container server = kind.start(Deployment.of(webapp))) {
      Answer issued = ask(server, "grant_type=client_credentials&scope=a", SECRET);
      assertThat(issued.status()).as(issued::toString).isEqualTo(200);
      assertThat(issued.json().getString("token_type")).isEqualTo("Bearer");

      Answer wrong = ask(server, "grant_type=client_credentials", "wrong");
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.headers("WWW-Authenticate")).hasSize(1);

      Answer repeated = ask(server, "grant_type=client_credentials&scope=a&scope=b", SECRET);
      assertThat(repeated.status()).isEqualTo(400);
      assertThat(repeated.json().getString("error_description")).startsWith("TOK1003");

      Answer disguised = ask(server, "_method=DELETE&grant_type=client_credentials", SECRET);
      assertThat(disguised.status()).isEqualTo(405);
    }
  }

  private static Webapp behindSpring() throws URISyntaxException {
    Webapp webapp =
        Webapp.containing(FILTERS)
            .with("WEB-INF/clients.json", CLIENTS.formatted(Sha256Secrets.hash(Secret.of(SECRET))));
    for (Class<?> type : OF_EACH_JAR) {
      webapp.withLibrary(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
    }
    return webapp;
  }

  private static Answer ask(Container server, String form, String secret) {
    String credentials =
        Base64.getEncoder().encodeToString(("batch:" + secret).getBytes(StandardCharsets.UTF_8));
    return RawHttp.to(server).postForm("/oauth/token", form, "Authorization: Basic " + credentials);
  }
}
