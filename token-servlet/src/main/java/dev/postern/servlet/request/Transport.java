package dev.postern.servlet.request;

import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.StandardReason;
import dev.postern.servlet.doctor.FindingKind;
import dev.postern.servlet.doctor.Sightings;
import dev.postern.servlet.events.RefusalLog;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a request came here: over TLS or not, and from whom. Forwarding headers are believed only of
 * the proxies that the configuration names. Thread-safe.
 */
public final class Transport {
  private static final List<String> FORWARDING =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Proto",
          "X-Forwarded-Host",
          "X-Real-IP",
          "Via");

  private final IpAddresses trustedProxies;
  private final boolean isInsecureHttpAllowed;
  private final Sightings sightings;

  /**
   * Believes these proxies; what it learns of the way requests take, it tells {@code sightings}.
   */
  public Transport(IpAddresses trustedProxies, boolean isInsecureHttpAllowed, Sightings sightings) {
    this.trustedProxies = trustedProxies;
    this.isInsecureHttpAllowed = isInsecureHttpAllowed;
    this.sightings = sightings;
  }

  /** "The authorization server MUST require the use of TLS" (RFC 6749 s3.2). */
  public Outcome<HttpServletRequest> check(HttpServletRequest request) {
    if (isProtected(request)) {
      return Outcome.of(request);
    }
    if (sightings.isNews(FindingKind.TLS_ENDED_BEFORE)
        && !isFromTrustedProxy(request)
        && isTlsEnded(request)) {
      sightings.see(
          FindingKind.TLS_ENDED_BEFORE,
          "a forwarding header from "
              + RefusalLog.escaped(String.valueOf(request.getRemoteAddr())));
    }
    if (isInsecureHttpAllowed) {
      return Outcome.of(request);
    }
    return Outcome.refused(
        Refusal.of(StandardReason.INSECURE_TRANSPORT)
            .withDetail(
                "let the proxy that ends TLS set X-Forwarded-Proto; name its address in"
                    + " trustedProxies"));
  }

  /** Where nothing is refused, a proxy may well speak plain HTTP on both of its sides. */
  private boolean isTlsEnded(HttpServletRequest request) {
    return isInsecureHttpAllowed
        ? forwardedProtocols(request).stream().anyMatch("https"::equalsIgnoreCase)
        : isForwarded(request);
  }

  /** What the client spoke counts, not what the proxy speaks behind it. */
  private boolean isProtected(HttpServletRequest request) {
    List<String> protocols = isFromTrustedProxy(request) ? forwardedProtocols(request) : List.of();
    if (protocols.isEmpty()) {
      return request.isSecure() || isWithinThisMachine(request);
    }
    // All of them have to say https: a proxy may append to what the client made up.
    return protocols.stream().allMatch("https"::equalsIgnoreCase);
  }

  /** Whether the client spoke https, as far as can be seen from here. */
  public boolean isHttps(HttpServletRequest request) {
    List<String> protocols = isFromTrustedProxy(request) ? forwardedProtocols(request) : List.of();
    return protocols.isEmpty()
        ? request.isSecure()
        : protocols.stream().allMatch("https"::equalsIgnoreCase);
  }

  /**
   * Whom failures are counted for: the client's address, of IPv6 the network of 64 bits, as who has
   * one address there has them all.
   */
  public String source(HttpServletRequest request) {
    String peer = Objects.requireNonNullElse(request.getRemoteAddr(), "");
    Optional<InetAddress> client =
        isFromTrustedProxy(request) ? forwardedFor(request) : Optional.empty();
    if (client.isEmpty() && peer.indexOf(':') < 0) {
      return peer; // IPv4 has one spelling only: there is nothing to read.
    }
    return client.or(() -> IpAddresses.literal(peer)).map(Transport::counted).orElse(peer);
  }

  private static String counted(InetAddress address) {
    return address instanceof Inet6Address ? network64(address) : address.getHostAddress();
  }

  private static String network64(InetAddress address) {
    byte[] octets = Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i += 2) {
      text.append(Integer.toHexString((octets[i] & 0xFF) << 8 | (octets[i + 1] & 0xFF)))
          .append(':');
    }
    return text.append(":/64").toString();
  }

  private boolean isFromTrustedProxy(HttpServletRequest request) {
    return !trustedProxies.isEmpty() && isTrusted(request.getRemoteAddr());
  }

  private boolean isTrusted(@Nullable String address) {
    return address != null
        && !trustedProxies.isEmpty()
        && IpAddresses.literal(address).filter(trustedProxies::contain).isPresent();
  }

  private static boolean isWithinThisMachine(HttpServletRequest request) {
    return isLoopback(request.getRemoteAddr())
        && isLoopback(request.getLocalAddr())
        && !isForwarded(request);
  }

  private static boolean isForwarded(HttpServletRequest request) {
    for (String name : FORWARDING) {
      if (request.getHeader(name) != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLoopback(@Nullable String address) {
    return address != null
        // What it nearly always is needs no reading.
        && (address.equals("127.0.0.1")
            || IpAddresses.literal(address).filter(InetAddress::isLoopbackAddress).isPresent());
  }

  private static List<String> forwardedProtocols(HttpServletRequest request) {
    List<String> protocols = new ArrayList<>();
    for (String element : elements(request, "Forwarded")) {
      parameter(element, "proto").ifPresent(protocols::add);
    }
    protocols.addAll(elements(request, "X-Forwarded-Proto"));
    return protocols;
  }

  /**
   * The nearest address that is not one of our proxies. None where two headers do not tell the
   * same: the proxy sets one of them, and the client may have made up the other.
   */
  private Optional<InetAddress> forwardedFor(HttpServletRequest request) {
    List<String> standard = new ArrayList<>();
    for (String element : elements(request, "Forwarded")) {
      parameter(element, "for").ifPresent(standard::add);
    }
    List<String> usual = elements(request, "X-Forwarded-For");
    Optional<InetAddress> client = nearest(usual.isEmpty() ? standard : usual);
    return standard.isEmpty() || client.equals(nearest(standard)) ? client : Optional.empty();
  }

  private Optional<InetAddress> nearest(List<String> hops) {
    for (int i = hops.size() - 1; i >= 0; i--) {
      String hop = withoutPort(hops.get(i));
      if (!isTrusted(hop)) {
        return IpAddresses.literal(hop);
      }
    }
    return Optional.empty();
  }

  private static List<String> elements(HttpServletRequest request, String header) {
    List<String> elements = new ArrayList<>();
    for (String line : HeaderLines.of(request, header)) {
      for (String element : line.split(",", -1)) {
        if (!element.isBlank()) {
          elements.add(element.strip());
        }
      }
    }
    return elements;
  }

  /** A parameter of a {@code forwarded-element} (RFC 7239 s4). */
  private static Optional<String> parameter(String element, String name) {
    for (String pair : element.split(";", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2 && parts[0].strip().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(parts[1].strip().replace("\"", ""));
      }
    }
    return Optional.empty();
  }

  /** {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}, or either without the port. */
  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end < 0 ? node : node.substring(1, end);
    }
    int colon = node.indexOf(':');
    return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
  }
}
