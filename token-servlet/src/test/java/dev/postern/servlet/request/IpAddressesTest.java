package dev.postern.servlet.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("IP addresses and networks, never names")
class IpAddressesTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, c0000207",
    "0.0.0.0, 00000000",
    "255.255.255.255, ffffffff",
    "::1, 00000000000000000000000000000001",
    "::, 00000000000000000000000000000000",
    "2001:db8::7, 20010db8000000000000000000000007",
    "2001:DB8:0:0:0:0:0:7, 20010db8000000000000000000000007",
    "64:ff9b::192.0.2.7, 0064ff9b0000000000000000c0000207",
    "::ffff:192.0.2.7, c0000207",
    "fe80::1%eth0, fe800000000000000000000000000001",
    "fe80::1%2, fe800000000000000000000000000001",
    // As Jetty has them.
    "[::1], 00000000000000000000000000000001",
    "[2001:db8::7], 20010db8000000000000000000000007",
    "[fe80::1%eth0], fe800000000000000000000000000001"
  })
  void literals(String text, String octets) {
    assertThat(IpAddresses.literal(text).map(InetAddress::getAddress))
        .hasValue(HexFormat.of().parseHex(octets));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "_hidden",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.4.",
        ".1.2.3.4",
        "1.2..3",
        "-1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4:80",
        "1.2.3.4/8",
        "0x7f.0.0.1",
        // Octal to some, decimal to others.
        "010.0.0.1",
        "\u0661.2.3.4",
        "2130706433",
        ":",
        ":::",
        "1:2",
        "1:2:3:4:5:6:7:8:9",
        "::1::",
        "::g",
        "12345::",
        "::1.2.3",
        "[::1",
        "::1]",
        "[1.2.3.4]",
        "[]",
        "[::1]:80",
        "%eth0",
        "::1%",
        "dead.beef"
      })
  void anything_else_is_none(String text) {
    assertThat(IpAddresses.literal(text)).isEmpty();
  }

  /** The hosts file of this test run gives these names an address: who finds it has looked. */
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "proxy.example", "999.1.1.1", "1.2.3.256", ".:1"})
  void no_name_is_ever_looked_up(String name) {
    assertThat(IpAddresses.literal(name)).isEmpty();
    assertThatThrownBy(() -> IpAddresses.parse(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_hosts_file_is_in_use() throws Exception {
    assertThat(InetAddress.getByName("999.1.1.1").getHostAddress()).isEqualTo("127.0.0.1");
  }

  @Property
  void any_text_is_an_address_or_none(
      @ForAll
          @CharRange(from = '0', to = '9')
          @CharRange(from = '%', to = ':')
          @StringLength(max = 20)
          String text) {
    assertThat(IpAddresses.literal(text)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "10.0.0.5 | 10.0.0.5 | true",
        "10.0.0.5 | 10.0.0.6 | false",
        "10.0.0.0/8 | 10.255.255.255 | true",
        "10.0.0.0/8 | 11.0.0.0 | false",
        "10.0.0.0/8 | 9.255.255.255 | false",
        "10.1.2.3/8 | 10.9.9.9 | true",
        "192.0.2.128/25 | 192.0.2.128 | true",
        "192.0.2.128/25 | 192.0.2.127 | false",
        "192.0.2.6/31 | 192.0.2.7 | true",
        "192.0.2.6/31 | 192.0.2.8 | false",
        "192.0.2.7/32 | 192.0.2.6 | false",
        "0.0.0.0/0 | 203.0.113.7 | true",
        "0.0.0.0/0 | ::1 | false",
        "::/0 | 2001:db8::1 | true",
        "::/0 | 10.0.0.1 | false",
        "2001:db8::/32 | 2001:db8:ffff::1 | true",
        "2001:db8::/32 | 2001:db9::1 | false",
        "::1/128 | ::1 | true",
        "::1 | ::2 | false",
        "10.0.0.5, 192.168.0.0/16 ,::1, | 192.168.7.7 | true",
        "10.0.0.5, 192.168.0.0/16 ,::1, | ::1 | true",
        "10.0.0.5, 192.168.0.0/16 ,::1, | 10.0.0.4 | false",
        "10.0.0.0/8 | ::ffff:10.0.0.1 | true",
        "[::1] | ::1 | true"
      })
  void networks(String networks, String address, boolean isContained) {
    assertThat(IpAddresses.parse(networks).contain(IpAddresses.literal(address).orElseThrow()))
        .isEqualTo(isContained);
  }

  @Test
  void none() {
    assertThat(IpAddresses.parse("").isEmpty()).isTrue();
    assertThat(IpAddresses.parse(" , ,").isEmpty()).isTrue();
    assertThat(IpAddresses.parse("::1").isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "10.0.0.0/x",
        "10.0.0.0/+8",
        "::/129",
        "/8",
        "10.0.0.5 10.0.0.6",
        "10.0.0.5;10.0.0.6",
        "10.*",
        "::1, nonsense",
        "all",
        "10.0.0.0/99999999999",
        "10.0.0.0/255.0.0.0",
        "10.0.0.0 /8"
      })
  void nonsense(String text) {
    assertThatThrownBy(() -> IpAddresses.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
