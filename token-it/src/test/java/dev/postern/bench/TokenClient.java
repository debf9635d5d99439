package dev.postern.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a server on this machine for tokens over a few connections that stay open. One thread sends
 * on all of them and then reads on all of them, so that the server has work while the client does
 * its own. Makes sure of each answer's status.
 */
final class TokenClient implements AutoCloseable {
  private static final String CONTENT_LENGTH = "content-length:";

  private final int port;
  private final byte[] request;
  private final int status;
  private final List<Connection> connections = new ArrayList<>();

  /** A client that sends this secret over so many connections and expects this status. */
  TokenClient(int port, String secret, int status, int connectionCount) {
    this.port = port;
    this.request = request(port, secret);
    this.status = status;
    try {
      for (int i = 0; i < connectionCount; i++) {
        connections.add(new Connection());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a number of requests, rounded to that of the connections; each is answered. */
  void send(int requests) {
    try {
      for (int i = 0; i < requests; i += connections.size()) {
        for (Connection connection : connections) {
          connection.ask();
        }
        for (Connection connection : connections) {
          connection.readAnswer();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (Connection connection : connections) {
      try {
        connection.socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static byte[] request(int port, String secret) {
    return """
        POST /oauth/token HTTP/1.1
        Host: 127.0.0.1:%d
        Authorization: %s
        Content-Type: application/x-www-form-urlencoded
        Accept: application/json
        Content-Length: %d

        %s"""
        .formatted(port, BenchClient.basic(secret), BenchClient.FORM.length(), BenchClient.FORM)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private final class Connection {
    private final byte[] buffer = new byte[4096];
    private Socket socket = open();

    Connection() throws IOException {}

    private Socket open() throws IOException {
      Socket opened = new Socket(InetAddress.getLoopbackAddress(), port);
      opened.setTcpNoDelay(true);
      opened.setSoTimeout(20_000);
      return opened;
    }

    void ask() throws IOException {
      socket.getOutputStream().write(request);
    }

    void readAnswer() throws IOException {
      InputStream in = socket.getInputStream();
      int size = 0;
      while (true) {
        int read = in.read(buffer, size, buffer.length - size);
        if (read < 0) {
          throw new EOFException("the server closed");
        }
        size += read;
        String text = new String(buffer, 0, size, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end >= 0 && isWhole(text, end)) {
          if (!text.startsWith("HTTP/1.1 " + status)) {
            throw new IllegalStateException(text);
          }
          if (text.contains("Connection: close")) {
            // Tomcat wants a new connection after a hundred requests.
            socket.close();
            socket = open();
          }
          return;
        }
      }
    }

    private static boolean isWhole(String text, int headEnd) {
      // Spring flushes what it has written, so its container cannot tell the length beforehand.
      return text.contains("Transfer-Encoding: chunked")
          ? text.endsWith("\r\n0\r\n\r\n")
          : text.length() >= headEnd + 4 + contentLength(text, headEnd);
    }

    private static int contentLength(String text, int headEnd) {
      for (int i = text.indexOf('\n'); i >= 0 && i < headEnd; i = text.indexOf('\n', i + 1)) {
        if (text.regionMatches(true, i + 1, CONTENT_LENGTH, 0, CONTENT_LENGTH.length())) {
          int start = i + 1 + CONTENT_LENGTH.length();
          return Integer.parseInt(text.substring(start, text.indexOf('\r', start)).strip());
        }
      }
      throw new IllegalStateException("no Content-Length: " + text);
    }
  }
}
