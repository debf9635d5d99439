package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.servlet.doctor.Sightings;
import dev.postern.servlet.request.IpAddresses;
import dev.postern.servlet.request.Transport;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc({"RFC6749-5.2", "RFC6749-A.9"})
@DisplayName(
    "DESIGN s2: the base of error_uri is publicUrl, else the origin of issuer, else the request's")
class ErrorUrisTest {
  private static final StandardReason REASON = StandardReason.PARAMETER_REPEATED;
  private static final FakeRequest REQUEST = FakeRequest.post().header("Host", "shop.example");

  private static Transport transport(String trustedProxies) {
    return new Transport(IpAddresses.parse(trustedProxies), false, new Sightings(finding -> {}));
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/oauth, https://shop.example/oauth/errors/1003",
    "https://shop.example/oauth/, https://shop.example/oauth/errors/1003",
    "https://shop.example, https://shop.example/errors/1003",
    "https://shop.example/b\u00FCro, https://shop.example/b%C3%BCro/errors/1003"
  })
  void below_the_public_url(String url, String page) {
    assertThat(ErrorUris.below(URI.create(url)).find(REASON, REQUEST.build())).hasValue(page);
  }

  @ParameterizedTest
  @CsvSource({
    "https://id.example/tenant, /shop/oauth, https://id.example/shop/oauth/errors/1003",
    "http://localhost:8080, /oauth, http://localhost:8080/oauth/errors/1003",
    "http://[::1]:8080, /oauth, http://[::1]:8080/oauth/errors/1003",
    "https://id.example, /b\u00FC ro, https://id.example/b%C3%BC%20ro/errors/1003",
    // As Jetty 12 has it.
    "https://id.example, /b%20\u00FCro, https://id.example/b%20%C3%BCro/errors/1003",
    "https://id.example, /100%, https://id.example/100%25/errors/1003"
  })
  void at_the_origin_of_the_issuer(String issuer, String path, String page) {
    assertThat(ErrorUris.at(URI.create(issuer), path).find(REASON, REQUEST.build())).hasValue(page);
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example, https://shop.example/x/oauth/errors/1003",
    "shop.example:8443, https://shop.example:8443/x/oauth/errors/1003",
    "[2001:db8::1]:8443, https://[2001:db8::1]:8443/x/oauth/errors/1003"
  })
  void at_the_host_that_the_request_names(String host, String page) {
    ErrorUris uris = ErrorUris.atHostOfRequest("/x/oauth", transport(""));

    assertThat(uris.find(REASON, FakeRequest.post().header("Host", host).build())).hasValue(page);
  }

  @Test
  void with_the_scheme_that_the_client_spoke() {
    ErrorUris uris = ErrorUris.atHostOfRequest("/oauth", transport("203.0.113.7"));
    FakeRequest plain = FakeRequest.post().plain().header("Host", "shop.example");
    FakeRequest proxied =
        FakeRequest.post()
            .plain()
            .header("Host", "shop.example")
            .header("X-Forwarded-Proto", "https");

    assertThat(uris.find(REASON, plain.build())).hasValue("http://shop.example/oauth/errors/1003");
    assertThat(uris.find(REASON, proxied.build()))
        .hasValue("https://shop.example/oauth/errors/1003");
    assertThat(ErrorUris.atHostOfRequest("/oauth", transport("")).find(REASON, proxied.build()))
        .hasValue("http://shop.example/oauth/errors/1003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop.example/x",
        "user@shop.example",
        "shop example",
        "shop.example:port",
        "shop.example\"",
        "<shop>",
        "b\u00FCro.example",
        "shop.example?x",
        "[::1",
        "::1"
      })
  void not_at_something_that_is_no_host(String host) {
    ErrorUris uris = ErrorUris.atHostOfRequest("/oauth", transport(""));

    assertThat(uris.find(REASON, FakeRequest.post().header("Host", host).build())).isEmpty();
    assertThat(uris.find(REASON, FakeRequest.post().build())).isEmpty();
  }

  @Test
  void only_where_there_is_a_page() {
    ErrorUris uris = ErrorUris.below(URI.create("https://shop.example"));

    assertThat(ErrorUris.none().find(REASON, REQUEST.build())).isEmpty();
    assertThat(uris.find(new OwnReason(), REQUEST.build())).isEmpty();
  }
}
