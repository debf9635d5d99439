package dev.postern.servlet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the descriptors give cause for")
class DescriptorsTest {
  private static final String OURS =
      filter("oauth", "dev.postern.servlet.TokenFilter") + mapping("oauth", "/oauth/*");

  private static final String UTF_8 =
      "<request-character-encoding>UTF-8</request-character-encoding>";
  private static final String ROLE =
      "<auth-constraint><role-name>user</role-name></auth-constraint>";

  private static String filter(String name, String type) {
    return "<filter><filter-name>%s</filter-name><filter-class>%s</filter-class></filter>"
        .formatted(name, type);
  }

  private static String mapping(String name, String pattern) {
    return ("<filter-mapping><filter-name>%s</filter-name>"
            + "<url-pattern>%s</url-pattern></filter-mapping>")
        .formatted(name, pattern);
  }

  private static String constraint(String collection, String rest) {
    return "<security-constraint><web-resource-collection>"
        + "<web-resource-name>all</web-resource-name>"
        + collection
        + "</web-resource-collection>"
        + rest
        + "</security-constraint>";
  }

  private static Descriptors descriptors(Map<String, String> files, Place place) {
    return new Descriptors(
        path ->
            Optional.ofNullable(files.get(path))
                .map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
        place);
  }

  private static Place place(Optional<String> charset, boolean isWebLogic) {
    return new Place(
        "oauth",
        "/shop",
        List.of("/oauth/token", "/oauth/introspect", "/oauth/revoke"),
        Optional.of("/oauth/authorize"),
        charset,
        isWebLogic);
  }

  private static Descriptors descriptors(Map<String, String> files) {
    return descriptors(files, place(Optional.empty(), false));
  }

  private static Map<String, String> web(String elements) {
    String root = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"5.0\">";
    return Map.of("/WEB-INF/web.xml", root + elements + "</web-app>");
  }

  private static List<Finding> found(String elements) {
    return descriptors(web(elements + UTF_8)).examine(false, false);
  }

  private static List<Finding> atLogins(String elements) {
    return descriptors(web(elements)).examine(false, true);
  }

  @ParameterizedTest
  @CsvSource({
    "/*, true",
    "/, true",
    "/oauth/*, true",
    "/oauth/token, true",
    "/oauth/token/*, true",
    "/oauth, false",
    "/oauth2/*, false",
    "*.jsp, false",
    "/other, false"
  })
  void a_filter_before_ours(String pattern, boolean isFound) {
    String other = filter("audit", "com.example.Audit") + mapping("audit", pattern);

    assertThat(found(other + OURS))
        .isEqualTo(
            isFound
                ? List.of(new Finding(FindingKind.FILTERS_BEFORE, "mapped before oauth: audit"))
                : List.of());
    assertThat(found(OURS + other)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TokenFilter", "BearerFilter", "TokenGuard"})
  void another_filter_of_ours_before_ours(String type) {
    String other = filter("first", "dev.postern.servlet." + type) + mapping("first", "/oauth/*");

    assertThat(found(other + OURS))
        .contains(
            new Finding(FindingKind.FILTER_SHADOWED, "the filter first answers /oauth/token"));
    assertThat(found(OURS + other)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <url-pattern>/*</url-pattern>                                                 | true
          <url-pattern>/oauth/token</url-pattern><http-method>post</http-method>        | true
          <url-pattern>/*</url-pattern><http-method>GET</http-method>                   | false
          <url-pattern>/*</url-pattern><http-method-omission>POST</http-method-omission>| false
          <url-pattern>/oauth/errors/*</url-pattern>                                    | false
          <url-pattern>/oauth/authorize</url-pattern>                                   | false
          <url-pattern>/oauth/revoke</url-pattern>                                      | true
          """)
  void a_login_before_the_token_endpoint(String collection, boolean isFound) {
    assertThat(found(OURS + constraint(collection, ROLE)))
        .map(Finding::kind)
        .isEqualTo(isFound ? List.of(FindingKind.CONSTRAINT_BEFORE) : List.of());
  }

  @Test
  void a_constraint_for_tls_alone_is_none() {
    String tls =
        "<user-data-constraint><transport-guarantee>CONFIDENTIAL</transport-guarantee>"
            + "</user-data-constraint>";

    assertThat(found(OURS + constraint("<url-pattern>/*</url-pattern>", tls))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/oauth/*, '', false",
    "/oauth/token, '', true",
    "/other/*, '', true",
    "/oauth/*, <auth-constraint/>, true"
  })
  @DisplayName("the closest pattern counts, and one constraint on it that asks for nobody opens it")
  void the_way_of_the_readme_out_of_it(String pattern, String rest, boolean isGuarded) {
    String all = constraint("<url-pattern>/*</url-pattern>", ROLE);
    String closer = constraint("<url-pattern>" + pattern + "</url-pattern>", rest);
    String roles = constraint("<url-pattern>" + pattern + "</url-pattern>", ROLE);

    assertThat(found(OURS + all + closer + roles).isEmpty()).isNotEqualTo(isGuarded);
  }

  @Test
  void all_paths_at_which_clients_authenticate_are_named() {
    assertThat(found(OURS + constraint("<url-pattern>/*</url-pattern>", ROLE)))
        .containsExactly(
            new Finding(
                FindingKind.CONSTRAINT_BEFORE,
                "the security-constraint on /* covers /oauth/token, /oauth/introspect,"
                    + " /oauth/revoke"));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/*, /api/*, true",
    "/api/*, /*, true",
    "/api/*, /api/admin/*, true",
    "/api/orders, /api/*, true",
    "*.json, /api/*, false",
    "/api/*, /shop/*, false",
    "/api/*, /api, true",
    "/*, /oauth/authorize, false",
    "/*, /private/*, true"
  })
  void a_login_where_a_token_is_wanted(String resource, String constrained, boolean isFound) {
    String bearer = filter("api", "dev.postern.servlet.BearerFilter") + mapping("api", resource);
    String login =
        constraint(
            "<url-pattern>" + constrained + "</url-pattern><http-method>GET</http-method>", ROLE);

    assertThat(found(OURS + bearer + login))
        .isEqualTo(
            isFound
                ? List.of(
                    new Finding(
                        FindingKind.RESOURCE_CONSTRAINED,
                        "the security-constraint on "
                            + constrained
                            + ", the BearerFilter on "
                            + resource))
                : List.of());
  }

  @Test
  void the_charset_of_forms() {
    String element = "<request-character-encoding>%s</request-character-encoding>";
    Map<String, String> latin = web(element.formatted("ISO-8859-1"));

    assertThat(descriptors(latin).examine(false, false))
        .containsExactly(
            new Finding(FindingKind.FORM_CHARSET, "request-character-encoding is ISO-8859-1"));
    assertThat(found(element.formatted("utf-8"))).isEmpty();
    assertThat(descriptors(web("")).examine(false, false)).isEmpty();
  }

  @Test
  void the_charset_that_code_has_set_or_nobody() {
    Map<String, String> other =
        web(filter("audit", "com.example.Audit") + mapping("audit", "/*") + OURS);

    assertThat(descriptors(other).examine(false, false))
        .map(Finding::kind)
        .containsExactly(FindingKind.FILTERS_BEFORE, FindingKind.FORM_CHARSET);
    assertThat(descriptors(other, place(Optional.of("UTF-8"), false)).examine(false, false))
        .map(Finding::kind)
        .containsExactly(FindingKind.FILTERS_BEFORE);
    assertThat(
            descriptors(web(UTF_8), place(Optional.of("windows-1252"), false))
                .examine(false, false))
        .containsExactly(
            new Finding(FindingKind.FORM_CHARSET, "request-character-encoding is windows-1252"));
  }

  @Test
  void weblogic_is_believed_only_when_it_says_false() {
    String element =
        "<weblogic-web-app><enforce-valid-basic-auth-credentials>false"
            + "</enforce-valid-basic-auth-credentials></weblogic-web-app>";
    Place weblogic = place(Optional.empty(), true);

    assertThat(descriptors(Map.of(), weblogic).examine(false, false))
        .map(Finding::kind)
        .containsExactly(FindingKind.WEBLOGIC_BASIC);
    assertThat(
            descriptors(Map.of("/WEB-INF/weblogic.xml", element), weblogic).examine(false, false))
        .isEmpty();
    assertThat(descriptors(Map.of()).examine(false, false)).isEmpty();
  }

  @Test
  void tomcat_that_looks_at_credentials_first() {
    String valve = "<Context><Valve className=\"x\" preemptiveAuthentication=\"%s\"/></Context>";

    assertThat(
            descriptors(Map.of("/META-INF/context.xml", valve.formatted("true")))
                .examine(false, false))
        .map(Finding::kind)
        .containsExactly(FindingKind.PREEMPTIVE_BASIC);
    assertThat(
            descriptors(Map.of("/META-INF/context.xml", valve.formatted("false")))
                .examine(false, false))
        .isEmpty();
  }

  @Test
  void somebody_has_to_log_in_where_nobody_can() {
    String missing = "web.xml has no login-config, needed for ";

    assertThat(descriptors(Map.of()).examine(true, false))
        .containsExactly(new Finding(FindingKind.LOGIN_MISSING, missing + "adminRole"));
    assertThat(descriptors(Map.of()).examine(true, true))
        .containsExactly(
            new Finding(FindingKind.LOGIN_MISSING, missing + "adminRole and /oauth/authorize"));
    assertThat(descriptors(Map.of()).examine(false, false)).isEmpty();
    assertThat(descriptors(web("<login-config/>")).examine(true, true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <tracking-mode>URL</tracking-mode> | sessions are tracked by URL, not by a cookie
          <tracking-mode>COOKIE</tracking-mode><tracking-mode>URL</tracking-mode> |
          <cookie-config><path>/shop/app</path></cookie-config> | the session cookie is for /shop/app, not for /shop/oauth/authorize
          <cookie-config><path>/sho</path></cookie-config> | the session cookie is for /sho, not for /shop/oauth/authorize
          <cookie-config><path>/shop</path></cookie-config> |
          <cookie-config><path>/</path></cookie-config> |
          <cookie-config><attribute><attribute-name>SameSite</attribute-name><attribute-value>Strict</attribute-value></attribute></cookie-config> | the session cookie is SameSite=Strict
          <cookie-config><attribute><attribute-name>SameSite</attribute-name><attribute-value>Lax</attribute-value></attribute></cookie-config> |
          """)
  void a_session_that_does_not_come_along(String config, @Nullable String detail) {
    String session = "<session-config>" + config + "</session-config>";
    String login = "<login-config><auth-method>%s</auth-method></login-config>";

    assertThat(atLogins(session + login.formatted("FORM")))
        .isEqualTo(
            detail == null ? List.of() : List.of(new Finding(FindingKind.LOGIN_LOST, detail)));
    assertThat(atLogins(session + login.formatted("BASIC"))).isEmpty();
    assertThat(found(session + login.formatted("FORM"))).isEmpty();
  }

  @Test
  @DisplayName("the document type of Servlet 2.3 is at home nowhere any more, and not asked for")
  void a_document_type() {
    String old =
        """
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <!DOCTYPE web-app PUBLIC "-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN"
          "http://127.0.0.1:9/dtd/web-app_2_3.dtd">
        <web-app><login-config><auth-method>BASIC</auth-method></login-config></web-app>
        """;

    assertThat(descriptors(Map.of("/WEB-INF/web.xml", old)).examine(true, false)).isEmpty();
    assertThat(descriptors(Map.of()).examine(true, false))
        .extracting(Finding::kind)
        .containsExactly(FindingKind.LOGIN_MISSING);
  }

  @Test
  void a_strict_cookie_of_tomcat() {
    Map<String, String> files =
        new HashMap<>(web("<login-config><auth-method>FORM</auth-method></login-config>"));
    files.put(
        "/META-INF/context.xml",
        "<Context><CookieProcessor sameSiteCookies=\"strict\"/></Context>");

    assertThat(descriptors(files).examine(false, true))
        .containsExactly(
            new Finding(
                FindingKind.LOGIN_LOST, "META-INF/context.xml has sameSiteCookies=\"strict\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE web-app [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
            + "<web-app><request-character-encoding>&x;</request-character-encoding></web-app>",
        "<!DOCTYPE web-app [<!ENTITY % x SYSTEM \"file:///etc/hostname\"> %x;]><web-app/>",
        "<web-app>",
        ""
      })
  @DisplayName("what is broken is not read, nor is what lies outside")
  void not_read(String text) {
    assertThat(descriptors(Map.of("/WEB-INF/web.xml", text)).examine(false, false)).isEmpty();
  }
}
