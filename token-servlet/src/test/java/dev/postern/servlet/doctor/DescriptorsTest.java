package dev.postern.servlet.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the descriptors give cause for")
class DescriptorsTest {
  private static final String OURS =
      filter("oauth", "dev.postern.servlet.TokenFilter") + mapping("oauth", "/oauth/*");

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

  private static Descriptors descriptors(Map<String, String> files) {
    return new Descriptors(
        path ->
            Optional.ofNullable(files.get(path))
                .map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
        "oauth",
        "/oauth/token");
  }

  private static List<Finding> found(String web) {
    String root = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"5.0\">";
    return descriptors(Map.of("/WEB-INF/web.xml", root + web + "</web-app>")).examine(false, false);
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

  @Test
  void another_token_filter_before_ours() {
    String other =
        filter("first", "dev.postern.servlet.TokenFilter") + mapping("first", "/oauth/*");

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
          """)
  void a_login_before_the_token_endpoint(String collection, boolean isFound) {
    String role = "<auth-constraint><role-name>user</role-name></auth-constraint>";

    assertThat(found(OURS + constraint(collection, role)))
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

  @Test
  void the_charset_of_forms() {
    String element = "<request-character-encoding>%s</request-character-encoding>";

    assertThat(found(element.formatted("ISO-8859-1")))
        .containsExactly(
            new Finding(FindingKind.FORM_CHARSET, "request-character-encoding is ISO-8859-1"));
    assertThat(found(element.formatted("utf-8"))).isEmpty();
  }

  @Test
  void weblogic_is_believed_only_when_it_says_false() {
    String element =
        "<weblogic-web-app><enforce-valid-basic-auth-credentials>false"
            + "</enforce-valid-basic-auth-credentials></weblogic-web-app>";

    assertThat(descriptors(Map.of()).examine(true, false))
        .map(Finding::kind)
        .containsExactly(FindingKind.WEBLOGIC_BASIC);
    assertThat(descriptors(Map.of("/WEB-INF/weblogic.xml", element)).examine(true, false))
        .isEmpty();
    assertThat(descriptors(Map.of()).examine(false, false)).isEmpty();
  }

  @Test
  void pages_for_those_who_are_logged_in_where_nobody_can_log_in() {
    assertThat(descriptors(Map.of()).examine(false, true))
        .map(Finding::kind)
        .containsExactly(FindingKind.LOGIN_MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE web-app [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
            + "<web-app><request-character-encoding>&x;</request-character-encoding></web-app>",
        "<!DOCTYPE web-app><web-app/>",
        "<web-app>",
        ""
      })
  @DisplayName("what has a document type, or is broken, is not read")
  void not_read(String text) {
    assertThat(descriptors(Map.of("/WEB-INF/web.xml", text)).examine(false, false)).isEmpty();
  }
}
