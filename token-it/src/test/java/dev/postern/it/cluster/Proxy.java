package dev.postern.it.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a pool and PostgreSQL, and does something to the connection that sends a certain
 * text, once. Knows of the protocol that a statement that was prepared is sent by its name later.
 */
final class Proxy implements AutoCloseable {
  private static final int SECONDS = 30;
  private static final Pattern PREPARED = Pattern.compile("(S_\\d+)\0([^\0]+)\0");

  /** What happens to the connection that sends the text. */
  enum Fate {
    /** It is cut before PostgreSQL sees the text. */
    CUT_BEFORE,
    /** It is cut after PostgreSQL has answered, before the answer arrives. */
    CUT_AFTER,
    /** The answer is held back until it is released. */
    HELD
  }

  /**
   * What is waited for.
   *
   * @param seen when the text was sent, and, but for {@link Fate#CUT_BEFORE}, PostgreSQL answered
   */
  private record Trap(String text, Fate fate, CountDownLatch seen, CountDownLatch released) {}

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Trap trap = none();

  private Proxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A proxy for this port of 127.0.0.1. */
  static Proxy to(int port) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Proxy proxy = new Proxy(server, port);
      start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on the first connection that sends this text meets this fate. */
  void set(String text, Fate fate) {
    trap = new Trap(text, fate, new CountDownLatch(1), new CountDownLatch(1));
  }

  /** Waits until the text was sent and answered. */
  void awaitSeen() throws InterruptedException {
    if (!trap.seen().await(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody sent it");
    }
  }

  /** Lets go of the answer that is held. */
  void release() {
    trap.released().countDown();
  }

  @Override
  public void close() {
    release();
    close(server);
    sockets.forEach(Proxy::close);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket postgres = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        postgres.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(postgres);
        Line line = new Line(client, postgres);
        start(line::fromClient);
        start(line::fromServer);
      }
    } catch (IOException e) {
      // Closed: nobody else is let in.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static Trap none() {
    return new Trap("nothing sends this", Fate.HELD, new CountDownLatch(1), new CountDownLatch(1));
  }

  private static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      // It is closed already.
    }
  }

  /** One connection. */
  private final class Line {
    private final Socket client;
    private final Socket postgres;
    private final Map<String, String> prepared = new HashMap<>();
    private volatile Trap sprung = none();

    Line(Socket client, Socket postgres) {
      this.client = client;
      this.postgres = postgres;
    }

    void fromClient() {
      byte[] buffer = new byte[65_536];
      try {
        InputStream in = client.getInputStream();
        OutputStream out = postgres.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          String text = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
          Trap set = trap;
          learn(text);
          if (set.seen().getCount() > 0 && !set.equals(sprung) && isSending(text, set.text())) {
            if (set.fate() == Fate.CUT_BEFORE) {
              set.seen().countDown();
              break;
            }
            sprung = set;
          }
          out.write(buffer, 0, n);
        }
      } catch (IOException e) {
        // The other end is gone.
      } finally {
        cut();
      }
    }

    private void learn(String octets) {
      Matcher names = PREPARED.matcher(octets);
      while (names.find()) {
        prepared.put(names.group(1), names.group(2));
      }
    }

    private boolean isSending(String octets, String text) {
      return octets.contains(text)
          || prepared.entrySet().stream()
              .anyMatch(
                  each ->
                      each.getValue().contains(text)
                          && octets.contains("\0" + each.getKey() + "\0"));
    }

    void fromServer() {
      byte[] buffer = new byte[65_536];
      try {
        InputStream in = postgres.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          Trap met = sprung;
          if (met.seen().getCount() > 0 && met.equals(trap)) {
            met.seen().countDown();
            if (met.fate() == Fate.CUT_AFTER) {
              break;
            }
            met.released().await(SECONDS, TimeUnit.SECONDS);
          }
          out.write(buffer, 0, n);
        }
      } catch (IOException e) {
        // The other end is gone.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        cut();
      }
    }

    private void cut() {
      close(client);
      close(postgres);
    }
  }
}
