package dev.postern.servlet;

import static dev.postern.servlet.Destination.ELSEWHERE;
import static dev.postern.servlet.Destination.ERRORS;
import static dev.postern.servlet.Destination.NOWHERE;
import static dev.postern.servlet.Destination.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.servlet.request.CanonicalPath;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D11: paths")
class EndpointPathsTest {
  private static EndpointPaths mapped(String... mappings) {
    return EndpointPaths.of(Optional.empty(), List.of(mappings));
  }

  /** To a path that was sent as it is. */
  private static Destination destination(EndpointPaths paths, String path) {
    return paths.destination(FakeRequest.post().path("/shop", path, null, "/shop" + path).build());
  }

  @ParameterizedTest
  @CsvSource({
    "/oauth/*, /oauth/token, TOKEN",
    "/oauth/*, /oauth/authorize, AUTHORIZE",
    "/oauth/*, /oauth/authorize/, NOWHERE",
    "/oauth/*, /oauth/errors/style.css, ERRORS",
    "/oauth/*, /oauth/revoke, REVOKE",
    "/oauth/*, /oauth/introspect, INTROSPECT",
    "/oauth/*, /oauth/revoke/, NOWHERE",
    "/oauth/*, /oauth/introspection, ELSEWHERE",
    "/oauth/*, /oauth/jwks, NOWHERE",
    "/oauth/*, /oauth/errors, NOWHERE",
    "/oauth/*, /oauth/errors/, NOWHERE",
    "/oauth/*, /oauth/errors/1003, NOWHERE",
    "/oauth/*, /oauth/errors/a/b, NOWHERE",
    "/oauth/*, /oauth, ELSEWHERE",
    "/oauth/*, /oauth/, ELSEWHERE",
    "/oauth/*, /oauth/tokens, ELSEWHERE",
    "/oauth/*, /oauth/login, ELSEWHERE",
    "/oauth/*, /oauth/token/extra, ELSEWHERE",
    "/oauth/*, /token, ELSEWHERE",
    "/oauth/*, /x/oauth/token, ELSEWHERE",
    "/a/b/*, /a/b/token, TOKEN",
    "/a/b/*, /a/token, ELSEWHERE",
    "/token, /token, TOKEN",
    "/token, /token/x, ELSEWHERE",
    "/token, /authorize, ELSEWHERE",
    "/token, /introspect, ELSEWHERE",
    "/token, /revoke, ELSEWHERE",
    "/introspect, /introspect, TOKEN",
    "/oauth2/access_token, /oauth2/access_token, TOKEN",
    "/oauth2/access_token, /oauth2/token, ELSEWHERE",
    "/oauth2/access_token, /oauth2/jwks, ELSEWHERE"
  })
  void a_mapping_says_where_the_endpoints_lie(String mapping, String path, Destination where) {
    assertThat(destination(mapped(mapping), path)).isEqualTo(where);
  }

  @ParameterizedTest
  @CsvSource({
    "/oauth/*, https://a.example, /oauth/.well-known/oauth-authorization-server, METADATA",
    "/oauth/*, https://a.example, /.well-known/oauth-authorization-server, METADATA",
    "/oauth/*, https://a.example/, /.well-known/oauth-authorization-server/, NOWHERE",
    "/oauth/*, https://a.example/t/u, /.well-known/oauth-authorization-server/t/u, METADATA",
    "/oauth/*, https://a.example/t/u, /.well-known/oauth-authorization-server/t, ELSEWHERE",
    "/oauth/*, https://a.example, /oauth/.well-known/openid-configuration, ELSEWHERE",
    "/oauth/*, https://a.example, /.well-known/change-password, ELSEWHERE",
    "/token, https://a.example, /.well-known/oauth-authorization-server, METADATA",
    "/token, https://a.example, /token/.well-known/oauth-authorization-server, ELSEWHERE"
  })
  @Rfc("RFC8414-3")
  void where_the_metadata_are(String mapping, URI issuer, String path, Destination where) {
    assertThat(destination(mapped(mapping).withMetadata(issuer), path)).isEqualTo(where);
  }

  @Test
  @Rfc("RFC8414-3")
  void the_mapping_for_metadata_is_no_place_for_endpoints() {
    String wellKnown = "/.well-known/oauth-authorization-server";
    EndpointPaths paths = mapped(wellKnown, "/oauth/*", wellKnown + "/*");

    assertThat(paths.base()).hasValue("/oauth");
    assertThat(paths.tokenPath()).isEqualTo("/oauth/token");
    assertThat(destination(paths, wellKnown + "/token")).isEqualTo(ELSEWHERE);
    assertThat(destination(paths, wellKnown)).as("without an issuer").isEqualTo(ELSEWHERE);
    assertThat(mapped("/b", "/a", wellKnown).tokenPath()).isEqualTo("/a");
    assertThatThrownBy(() -> mapped(wellKnown)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void several_mappings() {
    EndpointPaths paths = mapped("/oauth/*", "/token", "/v2/*");

    assertThat(List.of("/oauth/token", "/token", "/v2/token"))
        .allMatch(path -> destination(paths, path) == TOKEN);
    assertThat(destination(paths, "/jwks")).isEqualTo(ELSEWHERE);
    assertThat(destination(paths, "/v2/jwks")).isEqualTo(NOWHERE);
  }

  @Test
  void the_init_param_path_says_it_whatever_the_mapping() {
    for (List<String> mappings :
        List.of(List.of("/*"), List.of("/other/*", "*.do"), List.<String>of())) {
      EndpointPaths paths = EndpointPaths.of(Optional.of("/oauth"), mappings);

      assertThat(destination(paths, "/oauth/token")).isEqualTo(TOKEN);
      assertThat(destination(paths, "/oauth/jwks")).isEqualTo(NOWHERE);
      assertThat(destination(paths, "/token")).isEqualTo(ELSEWHERE);
      assertThat(destination(paths, "/other/token")).isEqualTo(ELSEWHERE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/*", "/", "*.do", "/oauth/*;*.do", "/oauth/*;/*", "/token;/", "''"})
  void a_mapping_that_does_not_say_it(String mappings) {
    String[] all =
        mappings.equals("''")
            ? new String[] {""}
            : mappings.isEmpty() ? new String[0] : mappings.split(";");

    assertThatThrownBy(() -> mapped(all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("init-param path")
        .hasMessageEndingWith(Arrays.toString(all));
  }

  @ParameterizedTest(name = "{0} = {1} + {2}")
  @CsvSource({
    // As sent, and what containers make of it: servlet path and path info.
    "/shop/oauth/token/, /oauth, /token/",
    "/shop/oauth/token//, /oauth, /token//",
    "/shop/oauth/token;x=1, /oauth, /token",
    "/shop/oauth/token;x=1, /oauth, /token;x=1",
    "/shop/oauth/token;, /oauth, /token",
    "/shop/oauth;x=1/token, /oauth, /token",
    "/shop;x=1/oauth/token, /oauth, /token",
    "/shop/;x=1/oauth/token, /oauth, /token",
    "/shop//oauth/token, /oauth, /token",
    "/shop//oauth/token, //oauth, /token",
    "/shop/oauth//token, /oauth, /token",
    "/shop/oauth//token, /oauth, //token",
    "//shop/oauth/token, /oauth, /token",
    "/shop/oauth/./token, /oauth, /token",
    "/shop/oauth/%2e/token, /oauth, /token",
    "/shop/oauth/%2e/token, /oauth, /./token",
    "/shop/oauth/x/../token, /oauth, /token",
    "/shop/oauth/x/../token, /oauth, /x/../token",
    "/shop/oauth/x/%2e%2e/token, /oauth, /x/%2e%2e/token",
    "/shop/../shop/oauth/token, /oauth, /token",
    "/shop/oauth/%74oken, /oauth, /token",
    "/shop/oauth/%74oken, /oauth, /%74oken",
    "/shop/oauth/%2574oken, /oauth, /%74oken",
    "/shop/oauth/%252574oken, /oauth, /%2574oken",
    "/shop/oauth%2Ftoken, /oauth/token, ",
    "/shop/oauth%2Ftoken, /oauth%2Ftoken, ",
    "/shop/oauth%5Ctoken, /oauth\\token, ",
    "/shop/oauth/token%20, /oauth, '/token '",
    "/shop/oauth/%20token, /oauth, '/ token'",
    "/shop/oauth/token%09, /oauth, '/token\t'",
    "/shop/oauth/token%3Bx, /oauth, /token;x",
    "/shop/%6Fauth/token, /oauth, /token",
    "/shop/oauth/JWKS/../jwks, /oauth, /JWKS/../jwks",
    "/shop/oauth/jwks;x, /oauth, /jwks;x",
    "http://host/shop/oauth/token, /oauth, /token"
  })
  @DisplayName("an unclean variant of an endpoint's path is 404, never passed on")
  void unclean(String uri, String servletPath, String pathInfo) {
    FakeRequest request = FakeRequest.post().path("/shop", servletPath, pathInfo, uri);

    assertThat(mapped("/oauth/*").destination(request.build())).isEqualTo(NOWHERE);
  }

  @ParameterizedTest
  @CsvSource({
    "/shop/oauth/token, /oauth/token",
    "/shop/oauth/%74oken;x, /oauth/token",
    "/shop/oauth/revoke, /oauth/revoke",
    "/shop/oauth/errors/canary/../x;y, /",
    "/shop/api/canary, /",
    "/shop, /"
  })
  @DisplayName(
      "TokenFilter's refusals name the endpoint, or none; nothing that a client has made up")
  void name(String uri, String name) {
    FakeRequest request = FakeRequest.post().path("/shop", "/x", "", uri);

    assertThat(mapped("/oauth/*").endpoint(request.build())).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "/oauth/errors, ERRORS, ''",
    "/oauth/errors/, ERRORS, /",
    "/oauth/errors/1003, ERRORS, /1003",
    "/oauth/errors/style.css, ERRORS, /style.css",
    "/oauth/errors/a/b, ERRORS, /a/b",
    "/v2/errors/1003, ERRORS, /1003",
    "/oauth/errorsx, ELSEWHERE, ",
    "/oauth/error, ELSEWHERE, ",
    "/errors/1003, ELSEWHERE, ",
    "/oauth/token, TOKEN, ",
    "/oauth/jwks, NOWHERE, "
  })
  void pages_lie_below_errors(String path, Destination where, String page) {
    EndpointPaths paths = mapped("/oauth/*", "/token", "/v2/*").withErrorPages();
    FakeRequest request = FakeRequest.post().path("/shop", path, null, "/shop" + path);

    assertThat(paths.destination(request.build())).isEqualTo(where);
    if (where == ERRORS) {
      assertThat(paths.errorPage(request.build())).isEqualTo(page);
    }
    assertThat(paths.errorPagesBase()).hasValue("/oauth");
  }

  @ParameterizedTest
  @CsvSource({
    "/shop/oauth/errors;x/1003, /oauth/errors/1003",
    "/shop/oauth/errors/1003;x, /oauth/errors/1003",
    "/shop/oauth//errors/1003, /oauth/errors/1003",
    "/shop/oauth/errors/./1003, /oauth/errors/1003",
    "/shop/oauth/errors/%31003, /oauth/errors/1003",
    "/shop/oauth/x/../errors/1003, /oauth/errors/1003"
  })
  void pages_have_one_spelling_too(String uri, String path) {
    FakeRequest request = FakeRequest.post().path("/shop", path, null, uri);

    assertThat(mapped("/oauth/*").withErrorPages().destination(request.build())).isEqualTo(NOWHERE);
  }

  @Test
  void a_filter_on_one_exact_path_has_no_pages() {
    EndpointPaths paths = mapped("/token").withErrorPages();

    assertThat(paths.errorPagesBase()).isEmpty();
    assertThat(destination(paths, "/errors/1003")).isEqualTo(ELSEWHERE);
    assertThat(mapped("/oauth/*").errorPagesBase()).isEmpty();
  }

  @Test
  void however_the_container_cuts_the_path() {
    for (String[] parts :
        new String[][] {{"/oauth", "/token"}, {"/oauth/token", null}, {"", "/oauth/token"}}) {
      FakeRequest request =
          FakeRequest.post().path("/shop", parts[0], parts[1], "/shop/oauth/token");

      assertThat(mapped("/oauth/*").destination(request.build())).isEqualTo(TOKEN);
    }
    FakeRequest root = FakeRequest.post().path("", "/oauth", "/token", "/oauth/token");
    assertThat(mapped("/oauth/*").destination(root.build())).isEqualTo(TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "/shop/oauth;x=1/token, /oauth, ",
    "/shop/oauth/..;/oauth/token, /oauth, /..",
    "/shop/x/..;/oauth/token, /x, /.."
  })
  @DisplayName("a container that cuts the path at a semicolon leads nowhere either")
  void the_uri_counts_too(String uri, String servletPath, String pathInfo) {
    FakeRequest request = FakeRequest.post().path("/shop", servletPath, pathInfo, uri);

    assertThat(mapped("/oauth/*").destination(request.build())).isEqualTo(NOWHERE);
  }

  @Test
  void forwarded_and_included() {
    EndpointPaths paths = mapped("/oauth/*");
    FakeRequest forwarded = FakeRequest.post().dispatched(DispatcherType.FORWARD);
    FakeRequest included =
        FakeRequest.post()
            .path("/shop", "/page.jsp", null, "/shop/page.jsp")
            .dispatched(DispatcherType.INCLUDE)
            .attribute("jakarta.servlet.include.servlet_path", "/oauth")
            .attribute("jakarta.servlet.include.path_info", "/token");
    FakeRequest byEndpoint =
        FakeRequest.post()
            .dispatched(DispatcherType.INCLUDE)
            .attribute("jakarta.servlet.include.servlet_path", "/footer.jsp");
    FakeRequest byName =
        FakeRequest.post()
            .path("/shop", "/page.jsp", null, "/shop/page.jsp")
            .dispatched(DispatcherType.INCLUDE);

    assertThat(paths.destination(forwarded.build())).isEqualTo(TOKEN);
    assertThat(paths.destination(included.build())).isEqualTo(NOWHERE);
    assertThat(paths.destination(byEndpoint.build())).isEqualTo(ELSEWHERE);
    assertThat(paths.destination(byName.build())).isEqualTo(ELSEWHERE);
  }

  @ParameterizedTest
  @CsvSource({
    "/oauth/token, /oauth/token",
    "/oauth/token/, /oauth/token",
    "oauth/token, /oauth/token",
    "/a+b, /a+b",
    "/a%2Bb, /a+b",
    "/..//../token, /token",
    "/%zz/token, /%zz/token",
    "/x/%2E%2e;y/token, /token",
    "/, ''",
    "'', ''",
    "/;x, ''",
    "/token%00, /token",
    "/token%00.txt, /token"
  })
  void canonical(String path, String canonical) {
    assertThat(CanonicalPath.of(path)).isEqualTo(canonical);
  }

  @Property
  void what_is_canonical_stays_so(@ForAll String path) {
    String once = CanonicalPath.of(path.replace("%", ""));

    assertThat(CanonicalPath.of(once)).isEqualTo(once);
  }
}
