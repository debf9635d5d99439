package dev.postern.servlet.request;

import static dev.postern.core.StandardReason.INSECURE_TRANSPORT;
import static dev.postern.servlet.Outcomes.passed;
import static dev.postern.servlet.Outcomes.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.servlet.FakeRequest;
import dev.postern.servlet.Rfc;
import dev.postern.servlet.doctor.Sightings;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 6749 s3.2: the authorization server MUST require the use of TLS")
class TransportTest {
  private static final String PROXY = "10.0.0.5";

  private final Transport direct =
      new Transport(IpAddresses.parse(""), false, new Sightings(finding -> {}));
  private final Transport proxied =
      new Transport(
          IpAddresses.parse("10.0.0.0/24, 2001:db8:aa::/48"), false, new Sightings(finding -> {}));

  private static FakeRequest plain(String from, String to) {
    return FakeRequest.post().plain().from(from).to(to);
  }

  private static FakeRequest viaProxy() {
    return plain(PROXY, "10.0.0.1");
  }

  private static void assertPassed(Transport transport, FakeRequest request) {
    assertThat(passed(transport.check(request.build()))).isNotNull();
  }

  private static void assertRefused(Transport transport, FakeRequest request) {
    assertThat(reason(transport.check(request.build()))).isEqualTo(INSECURE_TRANSPORT);
  }

  @Nested
  @Rfc({
    "RFC6749-2.3.1",
    "RFC6749-3.2",
    "RFC6749-10.3",
    "RFC6749-10.4",
    "RFC6749-10.8",
    "RFC6749-10.9"
  })
  class Protection {
    @Test
    void tls_and_plain() {
      assertPassed(direct, FakeRequest.post());
      assertRefused(direct, FakeRequest.post().plain());
    }

    @Test
    void plain_where_it_is_allowed() {
      assertPassed(
          new Transport(IpAddresses.parse(""), true, new Sightings(finding -> {})),
          FakeRequest.post().plain());
    }

    @ParameterizedTest
    @CsvSource({
      "127.0.0.1, 127.0.0.1",
      "127.0.0.2, 127.9.9.9",
      "::1, ::1",
      "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1",
      "[::1], [::1]",
      "[0:0:0:0:0:0:0:1], [0:0:0:0:0:0:0:1]",
      "::ffff:127.0.0.1, 127.0.0.1"
    })
    void plain_within_this_machine(String from, String to) {
      assertPassed(direct, plain(from, to));
    }

    @ParameterizedTest
    @CsvSource({
      "127.0.0.1, 192.0.2.1",
      "192.0.2.1, 127.0.0.1",
      "192.0.2.1, 192.0.2.1",
      "localhost, localhost",
      "128.0.0.1, 127.0.0.1",
      "::2, ::1",
      "'', ''",
      ", "
    })
    void not_within_this_machine(String from, String to) {
      assertRefused(direct, plain(from, to));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-Forwarded-Host",
          "X-Real-IP",
          "Via",
          "x-forwarded-for"
        })
    @DisplayName("a proxy on this machine is not this machine")
    void forwarded_to_loopback(String header) {
      assertRefused(direct, plain("127.0.0.1", "127.0.0.1").header(header, ""));
      assertRefused(direct, plain("127.0.0.1", "127.0.0.1").header(header, "https"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiterString = ": ",
        value = {
          "X-Forwarded-Proto: https",
          "x-forwarded-proto: HTTPS",
          "X-Forwarded-Proto: https, https",
          "X-Forwarded-Proto: ',https,'",
          "Forwarded: proto=https",
          "Forwarded: for=192.0.2.7;proto=https;by=10.0.0.5",
          "Forwarded: for=\"[2001:db8::1]:80\"; Proto = \"HTTPS\"",
          "Forwarded: proto=https, for=192.0.2.7"
        })
    void a_trusted_proxy_says_https(String header, String value) {
      assertPassed(proxied, viaProxy().header(header, value));
      assertRefused(direct, viaProxy().header(header, value));
      assertRefused(proxied, plain("10.0.1.5", "10.0.0.1").header(header, value));
    }

    @ParameterizedTest
    @CsvSource(
        delimiterString = ": ",
        value = {
          "X-Forwarded-Proto: http",
          "X-Forwarded-Proto: ''",
          "X-Forwarded-Proto: 'https, http'",
          "X-Forwarded-Proto: 'http, https'",
          "X-Forwarded-Proto: httpsx",
          "X-Forwarded-Proto: https http",
          "X-Forwarded-Proto: \"https\"",
          "Forwarded: proto=http",
          "Forwarded: proto=https, proto=http",
          "Forwarded: for=192.0.2.7",
          "Forwarded: for=https",
          "Forwarded: proto",
          "X-Forwarded-Ssl: on",
          "Front-End-Https: on"
        })
    void it_does_not(String header, String value) {
      assertRefused(proxied, viaProxy().header(header, value));
    }

    @Test
    @Rfc("RFC9700-4.13")
    @DisplayName("C15: all of them have to say https: the client may have sent one of them")
    void contradictions() {
      assertRefused(
          proxied,
          viaProxy().header("X-Forwarded-Proto", "https").header("X-Forwarded-Proto", "http"));
      assertRefused(
          proxied,
          viaProxy().header("Forwarded", "proto=https").header("X-Forwarded-Proto", "http"));
      assertRefused(
          proxied,
          viaProxy().header("Forwarded", "proto=http").header("X-Forwarded-Proto", "https"));
    }
  }

  @Nested
  @Rfc({"RFC6749-2.3.1", "RFC9700-4.13"})
  @DisplayName("RFC 6749 s2.3.1: whom failures are counted for")
  class Source {
    @ParameterizedTest
    @CsvSource({
      "192.0.2.7, 192.0.2.7",
      "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
      "2001:db8:1:2:ffff::, 2001:db8:1:2::/64",
      "2001:db8:1:3::1, 2001:db8:1:3::/64",
      "[2001:db8:1:2:3:4:5:6], 2001:db8:1:2::/64",
      "::1, 0:0:0:0::/64",
      "fe80::1%eth0, fe80:0:0:0::/64",
      "unix:, unix:",
      "'', ''",
      ", ''"
    })
    void the_peer(String remote, String source) {
      assertThat(direct.source(FakeRequest.post().from(remote).build())).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Client-IP"})
    @DisplayName("C15: nobody but a trusted proxy may say it is somebody else")
    void spoofed(String header) {
      FakeRequest request =
          FakeRequest.post().from("192.0.2.66").header(header, "for=192.0.2.1").header(header, "1");

      assertThat(direct.source(request.build())).isEqualTo("192.0.2.66");
      assertThat(proxied.source(request.build())).isEqualTo("192.0.2.66");
    }

    @ParameterizedTest
    @CsvSource(
        delimiterString = " -> ",
        value = {
          "192.0.2.7 -> 192.0.2.7",
          "192.0.2.7:4711 -> 192.0.2.7",
          "2001:db8:1:2::9 -> 2001:db8:1:2::/64",
          "[2001:db8:1:2::9]:4711 -> 2001:db8:1:2::/64",
          "[2001:db8:1:2::9] -> 2001:db8:1:2::/64",
          // The nearest that is not ours: what stands before it the client may have made up.
          "198.51.100.1, 192.0.2.7 -> 192.0.2.7",
          "198.51.100.1, 192.0.2.7, 10.0.0.9 -> 192.0.2.7",
          "10.0.0.9, 192.0.2.7 -> 192.0.2.7",
          "192.0.2.7, , -> 192.0.2.7",
          // Nothing that could be told: all are counted for the proxy.
          "unknown -> 10.0.0.5",
          "198.51.100.1, unknown -> 10.0.0.5",
          "_hidden -> 10.0.0.5",
          "999.1.1.1 -> 10.0.0.5",
          "localhost -> 10.0.0.5",
          "10.0.0.9 -> 10.0.0.5",
          "' ' -> 10.0.0.5",
          "[2001:db8::1 -> 10.0.0.5"
        })
    void forwarded_for(String hops, String source) {
      assertThat(proxied.source(viaProxy().header("X-Forwarded-For", hops).build()))
          .isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource(
        delimiterString = " -> ",
        value = {
          "for=192.0.2.7 -> 192.0.2.7",
          "For=192.0.2.7;proto=https -> 192.0.2.7",
          "proto=https; for = \"192.0.2.7:80\" -> 192.0.2.7",
          "for=\"[2001:db8:1:2::9]:4711\" -> 2001:db8:1:2::/64",
          "for=198.51.100.1, for=192.0.2.7 -> 192.0.2.7",
          "for=192.0.2.7, for=10.0.0.9;by=10.0.0.5 -> 192.0.2.7",
          "for=unknown -> 10.0.0.5",
          "for=_SEVKISEK -> 10.0.0.5",
          "by=192.0.2.7 -> 10.0.0.5"
        })
    void forwarded(String hops, String source) {
      assertThat(proxied.source(viaProxy().header("Forwarded", hops).build())).isEqualTo(source);
    }

    @Test
    void every_line_counts() {
      FakeRequest request =
          viaProxy()
              .header("X-Forwarded-For", "198.51.100.1")
              .header("X-Forwarded-For", "192.0.2.7");

      assertThat(proxied.source(request.build())).isEqualTo("192.0.2.7");
    }

    @Test
    @DisplayName("C15: of two headers the proxy sets one, and which one nobody can tell")
    void two_headers() {
      FakeRequest agreeing =
          viaProxy().header("Forwarded", "for=192.0.2.7").header("X-Forwarded-For", "192.0.2.7");
      FakeRequest spoofed =
          viaProxy().header("Forwarded", "for=198.51.100.1").header("X-Forwarded-For", "192.0.2.7");
      FakeRequest obscure =
          viaProxy().header("Forwarded", "for=unknown").header("X-Forwarded-For", "192.0.2.7");

      assertThat(proxied.source(agreeing.build())).isEqualTo("192.0.2.7");
      assertThat(proxied.source(spoofed.build())).isEqualTo(PROXY);
      assertThat(proxied.source(obscure.build())).isEqualTo(PROXY);
    }

    @Test
    void a_proxy_with_an_ipv6_address() {
      FakeRequest request =
          plain("[2001:db8:aa::5]", "[2001:db8:aa::1]")
              .header("X-Forwarded-For", "192.0.2.7")
              .header("X-Forwarded-Proto", "https");

      assertPassed(proxied, request);
      assertThat(proxied.source(request.build())).isEqualTo("192.0.2.7");
    }

    @Property
    void any_header_is_settled(@ForAll String one, @ForAll String other) {
      FakeRequest request =
          viaProxy()
              .header("X-Forwarded-For", one)
              .header("Forwarded", other)
              .header("Forwarded", "for=" + one)
              .header("X-Forwarded-Proto", other);

      assertThat(proxied.source(request.build())).isNotNull();
      assertThat(proxied.check(request.build())).isNotNull();
    }
  }
}
