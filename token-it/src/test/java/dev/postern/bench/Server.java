package dev.postern.bench;

import dev.postern.it.Containers;

/** A running {@link ServerMain}, and what its requests cost it. */
final class Server implements AutoCloseable {
  private static final int CONNECTIONS = 8;

  private final ChildJvm jvm;
  private final int port;

  private Server(ChildJvm jvm, int port) {
    this.jvm = jvm;
    this.port = port;
  }

  static Server start(Containers container, App app) {
    ChildJvm jvm = ChildJvm.start("1g", ServerMain.class, container.name(), app.name());
    return new Server(jvm, (int) jvm.numbers()[0]);
  }

  /** A client that sends the right secret. */
  TokenClient client() {
    return new TokenClient(port, BenchClient.SECRET, 200, CONNECTIONS);
  }

  /** A client that sends a wrong one. */
  TokenClient wrongClient() {
    return new TokenClient(port, BenchClient.WRONG_SECRET, 401, CONNECTIONS);
  }

  /** What each of so many requests of this client costs. */
  Cost load(TokenClient client, int requests) {
    long[] before = jvm.ask();
    client.send(requests);
    long[] after = jvm.ask();
    return new Cost(
        (after[0] - before[0]) / 1e3 / requests, (after[1] - before[1]) / (double) requests);
  }

  @Override
  public void close() {
    jvm.close();
  }

  /**
   * What a request costs the server.
   *
   * @param cpuMicros CPU time of the whole process
   * @param bytes allocated by all of its threads
   */
  record Cost(double cpuMicros, double bytes) {}
}
