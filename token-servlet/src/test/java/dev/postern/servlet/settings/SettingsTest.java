package dev.postern.servlet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.servlet.FakeDeployment;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("DESIGN s3: where settings come from")
class SettingsTest {
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, Object> jndi = new HashMap<>();
  private final FakeDeployment deployment = new FakeDeployment();

  /** A context that knows what stands in {@link #jndi}, and null of what stands there as null. */
  private Context context() {
    return (Context)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, called, arguments) -> lookup(arguments[0]));
  }

  private Object lookup(Object name) throws NamingException {
    if (!jndi.containsKey(name)) {
      throw new NameNotFoundException();
    }
    if (jndi.get(name) instanceof RuntimeException e) {
      throw e;
    }
    return jndi.get(name);
  }

  private Settings settings() {
    return new Settings(
        deployment.filter(), properties::get, environment::get, environment.keySet(), context());
  }

  @AfterEach
  void clear() {
    System.clearProperty("postern.realm");
    System.clearProperty("postern.oauth.realm");
  }

  @Test
  void first_found_wins() {
    assertThat(settings().find("realm")).isEmpty();

    deployment.with("realm", "init-param");
    assertThat(settings().find("realm")).hasValue("init-param");

    jndi.put("realm", "jndi");
    assertThat(settings().find("realm")).hasValue("jndi");

    environment.put("POSTERN_REALM", "environment");
    assertThat(settings().find("realm")).hasValue("environment");

    properties.put("postern.realm", "property");
    assertThat(settings().find("realm")).hasValue("property");

    properties.put("postern.oauth.realm", "property of the filter");
    assertThat(settings().find("realm")).hasValue("property of the filter");
  }

  @Test
  void of_this_process() {
    deployment.with("realm", "init-param");
    assertThat(ofThisProcess().find("realm")).hasValue("init-param");

    System.setProperty("postern.realm", "property");
    assertThat(ofThisProcess().find("realm")).hasValue("property");

    System.setProperty("postern.oauth.realm", "property of the filter");
    assertThat(ofThisProcess().find("realm")).hasValue("property of the filter");
    assertThat(ofThisProcess().initParameters()).containsExactly("realm");
  }

  private Settings ofThisProcess() {
    return Settings.of(deployment.filter());
  }

  @Test
  @DisplayName("what was found stays: no part goes by another value than the one before it")
  void what_was_found_stays() {
    Settings settings = settings();
    assertThat(settings.find("realm")).isEmpty();
    properties.put("postern.realm", "property");

    assertThat(settings.find("realm")).isEmpty();
    assertThat(settings().find("realm")).hasValue("property");
  }

  @Test
  void what_is_blank_is_absent() {
    properties.put("postern.oauth.realm", "");
    properties.put("postern.realm", " ");
    environment.put("POSTERN_REALM", "\t\n");
    jndi.put("realm", "  ");
    deployment.with("realm", "  shop\n ");

    assertThat(settings().find("realm")).hasValue("shop");
  }

  @Test
  void values_in_jndi_need_not_be_text() {
    jndi.put("failureLimit", 7);
    jndi.put("passwordGrant", true);
    jndi.put("realm", null);
    jndi.put("path", new IllegalStateException("no component context"));

    assertThat(settings().find("failureLimit")).hasValue("7");
    assertThat(settings().find("passwordGrant")).hasValue("true");
    assertThat(settings().find("realm")).isEmpty();
    assertThat(settings().find("path")).isEmpty();
  }

  @Test
  void no_jndi_at_all() {
    Settings settings =
        new Settings(
            deployment.filter(), properties::get, environment::get, environment.keySet(), null);

    assertThat(settings.find("realm")).isEmpty();
  }

  @Test
  void another_filter_has_its_own() {
    properties.put("postern.other.realm", "of the other");
    properties.put("realm", "of somebody else");
    environment.put("REALM", "of somebody else");

    assertThat(settings().find("realm")).isEmpty();
  }

  @Test
  void a_variable_that_is_almost_one_of_ours_is_a_mistake() {
    environment.put("POSTERN_ISUER", "https://issuer.example");
    environment.put("POSTERN_ACCES_TOKEN_LIFETIME", "PT5M");
    environment.put("POSTERN_REALM", "right");
    // As Kubernetes sets them for a service of our name.
    environment.put("POSTERN_PORT", "tcp://10.0.0.11:8080");
    environment.put("POSTERN_SERVICE_HOST", "10.0.0.11");
    environment.put("POSTERN_PORT_8080_TCP_ADDR", "10.0.0.11");

    Configuration configuration = new Configuration(settings());
    configuration.expectEndpoint();

    assertThat(configuration.problems())
        .containsExactly(
            "environment variable POSTERN_ACCES_TOKEN_LIFETIME: no such setting; is it"
                + " POSTERN_ACCESS_TOKEN_LIFETIME?",
            "environment variable POSTERN_ISUER: no such setting; is it POSTERN_ISSUER?");
  }

  @ParameterizedTest
  @CsvSource({
    "realm, POSTERN_REALM",
    "maxBodyBytes, POSTERN_MAX_BODY_BYTES",
    "publicUrl, POSTERN_PUBLIC_URL",
    "refreshFamilyLifetime, POSTERN_REFRESH_FAMILY_LIFETIME",
    "allowInsecureHttp, POSTERN_ALLOW_INSECURE_HTTP"
  })
  void names_in_the_environment(String name, String inEnvironment) {
    assertThat(Settings.environmentName(name)).isEqualTo(inEnvironment);
  }
}
