package dev.postern.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * Sends exactly the bytes it is given to 127.0.0.1, and reads the answer strictly.
 *
 * @param port where to
 * @param tls whether over TLS
 * @param timeout for a connection from its opening to its last answer
 */
public record RawHttp(int port, boolean tls, Duration timeout) {
  /** Plain HTTP. */
  public static RawHttp to(Container container) {
    return new RawHttp(container.port(), false, Duration.ofSeconds(20));
  }

  /** Plain HTTP to this port. */
  public static RawHttp to(int port) {
    return new RawHttp(port, false, Duration.ofSeconds(20));
  }

  /** HTTPS. */
  public static RawHttp overTls(Container container) {
    return new RawHttp(container.tlsPort(), true, Duration.ofSeconds(20));
  }

  /** The same with another timeout. */
  public RawHttp within(Duration limit) {
    return new RawHttp(port, tls, limit);
  }

  /**
   * Posts a body over a connection of its own.
   *
   * @param headers lines such as {@code Accept: *}{@code /*}, sent as they are; Host,
   *     Content-Length and Connection are added unless a line of that name is there
   */
  public Answer post(String target, List<String> headers, byte[] body) {
    return exchange(request("POST", target, headers, body));
  }

  /** Posts a form: text as it goes over the wire, already encoded. */
  public Answer postForm(String target, String form, String... headers) {
    List<String> lines = new ArrayList<>(List.of(headers));
    if (!named(lines, "content-type")) {
      lines.add("Content-Type: application/x-www-form-urlencoded");
    }
    return post(target, lines, form.getBytes(StandardCharsets.UTF_8));
  }

  /** A request without a body. */
  public Answer send(String method, String target, String... headers) {
    return exchange(request(method, target, List.of(headers), new byte[0]));
  }

  /** Sends these bytes over a connection of its own, reads one answer. */
  public Answer exchange(byte[] request) {
    try (RawConnection connection = open()) {
      return connection.send(request).read();
    }
  }

  /** A connection to send on in pieces, or more than once. */
  public RawConnection open() {
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) timeout.toMillis());
      return new RawConnection(tls ? secure(plain) : plain, timeout);
    } catch (IOException e) {
      closeQuietly(plain);
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a request, for {@link #exchange} or {@link RawConnection#send}. */
  public byte[] request(String method, String target, List<String> headers, byte[] body) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (!named(headers, "host")) {
      head.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    headers.forEach(line -> head.append(line).append("\r\n"));
    boolean framed = named(headers, "content-length") || named(headers, "transfer-encoding");
    if (!framed && (body.length > 0 || method.equals("POST"))) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    if (!named(headers, "connection")) {
      head.append("Connection: close\r\n");
    }
    return join(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), body);
  }

  private Socket secure(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) Tls.context().getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
    socket.startHandshake();
    return socket;
  }

  private static boolean named(List<String> headers, String name) {
    return headers.stream()
        .anyMatch(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
  }

  private static byte[] join(byte[] head, byte[] body) {
    byte[] all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // The first failure is the one to report.
    }
  }
}
