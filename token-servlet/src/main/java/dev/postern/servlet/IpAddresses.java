package dev.postern.servlet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A set of IP addresses and networks, such as {@code 10.0.0.5}, {@code 10.0.0.0/8}. Immutable. */
final class IpAddresses {
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

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
    Optional<InetAddress> ipv4 = ipv4(text);
    return ipv4.isPresent() ? ipv4 : ipv6(text);
  }

  /** Four numbers up to 255. Read by hand: each request has an address or two. */
  private static Optional<InetAddress> ipv4(String text) {
    byte[] octets = new byte[4];
    int count = 0;
    int start = 0;
    while (count < 4) {
      int end = count < 3 ? text.indexOf('.', start) : text.length();
      int octet = octet(text, start, end);
      if (octet < 0) {
        return Optional.empty();
      }
      octets[count++] = (byte) octet;
      start = end + 1;
    }
    return address(octets);
  }

  /** The number up to 255, without leading zeros, that stands there; negative if there is none. */
  private static int octet(String text, int start, int end) {
    if (end <= start || end > start + 3 || (text.charAt(start) == '0' && end > start + 1)) {
      return -1;
    }
    int number = 0;
    for (int i = start; i < end; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = 10 * number + digit - '0';
    }
    return number <= 255 ? number : -1;
  }

  private static Optional<InetAddress> address(byte[] octets) {
    try {
      return Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }

  private static Optional<InetAddress> ipv6(String text) {
    int zone = text.indexOf('%');
    String bare = zone < 0 ? text : text.substring(0, zone);
    if (!IPV6.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
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
