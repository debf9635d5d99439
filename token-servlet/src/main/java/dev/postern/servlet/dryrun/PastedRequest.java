package dev.postern.servlet.dryrun;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody pasted: raw HTTP, a curl command, or an entry of a HAR file. Immutable;
 * prints nothing of what was pasted.
 *
 * @param method as written
 * @param target path and query, or the whole URL
 * @param headers names and values, in their order
 * @param body as text
 */
record PastedRequest(String method, String target, List<Header> headers, String body) {
  /** A header line. */
  record Header(String name, String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  PastedRequest {
    headers = List.copyOf(headers);
  }

  /**
   * What was pasted.
   *
   * @throws IllegalArgumentException when it is none of the three
   */
  static PastedRequest parse(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("{")) {
      return HarEntry.read(stripped);
    }
    return stripped.startsWith("curl ") ? CurlLine.read(stripped) : raw(stripped);
  }

  private static PastedRequest raw(String text) {
    String unix = text.replace("\r\n", "\n");
    int end = unix.indexOf("\n\n");
    List<String> lines = (end < 0 ? unix : unix.substring(0, end)).lines().toList();
    String[] first = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
    // A command of HTTPie begins with a word, too.
    if (first.length < 2 || !first[0].matches("[A-Z]{1,20}") || !first[1].contains("/")) {
      throw new IllegalArgumentException("no request line");
    }
    List<Header> headers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      headers.add(header(line));
    }
    return new PastedRequest(
        first[0], first[1], headers, end < 0 ? "" : unix.substring(end + 2).stripTrailing());
  }

  /**
   * A header line.
   *
   * @throws IllegalArgumentException when it has no colon
   */
  static Header header(String line) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("a header without a colon");
    }
    return new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
  }

  /** Whether its path ends like that of the token endpoint; a proxy may put more before it. */
  boolean isFor(String tokenPath) {
    String path = Optional.ofNullable(uri().getRawPath()).orElse("");
    return path.endsWith(tokenPath.substring(tokenPath.lastIndexOf('/')));
  }

  /** Whether its path ends like that of an endpoint beside the token endpoint. */
  boolean isForNeighbour() {
    return isFor("/authorize") || isFor("/introspect") || isFor("/revoke");
  }

  private URI uri() {
    return URI.create(target);
  }

  /** The query of its URL, if there is one. */
  @Nullable String query() {
    return uri().getRawQuery();
  }

  /** Whether it goes over https; a target without a scheme is taken to do so. */
  boolean isHttps() {
    return !"http".equalsIgnoreCase(uri().getScheme());
  }

  /** Whether it stays within one machine. */
  boolean isLoopback() {
    String host = String.valueOf(uri().getHost());
    return host.matches("localhost|127\\.[0-9.]+|\\[::1]");
  }

  byte[] octets() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /** The values of a header, in their order. */
  List<String> values(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  @Override
  public String toString() {
    return "PastedRequest";
  }
}
