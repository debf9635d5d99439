package dev.postern.servlet.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A set of IP addresses and networks, such as {@code 10.0.0.5}, {@code 10.0.0.0/8}. Immutable. */
public final class IpAddresses {
  /** Of the longest way to write an IPv6 address, with brackets and a zone. */
  private static final int MAX_LENGTH = 80;

  // What only resembles an address, InetAddress would look up as a name.
  private static final Pattern IPV6 =
      Pattern.compile("((?=[0-9A-Fa-f.]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*)(%.+)?");
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  private final List<Network> networks;

  private IpAddresses(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * The addresses and networks that {@code text} names, with commas between them.
   *
   * @throws IllegalArgumentException when one is neither
   */
  public static IpAddresses parse(String text) {
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
    String bits = slash < 0 ? Integer.toString(all) : text.substring(slash + 1);
    if (!BITS.matcher(bits).matches() || Integer.parseInt(bits) > all) {
      throw new IllegalArgumentException("not an IP address or network: " + text);
    }
    return new Network(address.get().getAddress(), Integer.parseInt(bits));
  }

  /** The address that {@code text} writes out; never a name that would have to be looked up. */
  static Optional<InetAddress> literal(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Optional<InetAddress> ipv4 = ipv4(text);
    if (ipv4.isPresent()) {
      return ipv4;
    }
    // Some containers write IPv6 addresses with brackets.
    boolean isBracketed = text.startsWith("[") && text.endsWith("]");
    Matcher ipv6 = IPV6.matcher(isBracketed ? text.substring(1, text.length() - 1) : text);
    return ipv6.matches() ? address(ipv6.group(1)) : Optional.empty();
  }

  /** Four numbers up to 255. Read by hand: a matcher for each request would be most of its cost. */
  private static Optional<InetAddress> ipv4(String text) {
    byte[] octets = new byte[4];
    int start = 0;
    for (int i = 0; i < 4; i++) {
      int end = i < 3 ? text.indexOf('.', start) : text.length();
      int octet = octet(text, start, end);
      if (octet < 0) {
        return Optional.empty();
      }
      octets[i] = (byte) octet;
      start = end + 1;
    }
    try {
      return Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
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

  private static Optional<InetAddress> address(String literal) {
    try {
      return Optional.of(InetAddress.getByName(literal));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contain(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
  }

  /** Whether no address is in it. */
  public boolean isEmpty() {
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
