package dev.postern.servlet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A set of IP addresses and networks, such as {@code 10.0.0.5}, {@code 10.0.0.0/8}. Immutable. */
final class IpAddresses {
  /** Of an IPv6 address that ends in an IPv4 one. */
  private static final int MAX_LENGTH = 45;

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]*");

  private final List<Network> networks;

  private IpAddresses(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * The addresses and networks that {@code text} names, with commas between them.
   *
   * @throws IllegalArgumentException when one is neither
   */
  static IpAddresses parse(String text) {
    List<Network> networks = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        networks.add(network(part.strip()));
      }
    }
    return new IpAddresses(networks);
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      throw new IllegalArgumentException("not an IP address or network: " + text);
    }
    int all = address.get().getAddress().length * 8;
    try {
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= all) {
        return new Network(address.get().getAddress(), bits);
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException("not an IP address or network: " + text);
  }

  /** The address that {@code text} writes out; never a name that would have to be looked up. */
  static Optional<InetAddress> literal(String text) {
    int zone = text.indexOf('%');
    String bare = zone < 0 ? text : text.substring(0, zone);
    if (bare.length() > MAX_LENGTH || !(IPV4.matcher(bare).matches() || isIpv6(bare))) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** With a colon, so that the platform takes it for an address and asks nobody. */
  private static boolean isIpv6(String text) {
    return text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
  }

  boolean contain(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
  }

  boolean isEmpty() {
    return networks.isEmpty();
  }

  private static final class Network {
    private final byte[] address;
    private final int bits;

    Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
