package dev.postern.bench;

import dev.postern.it.Containers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One of the servers that are asked in turns, and what each turn has cost it. */
final class Side implements AutoCloseable {
  private final int requests;
  private final Server server;
  private final Function<Server, TokenClient> connect;
  private final List<Server.Cost> turns = new ArrayList<>();

  private Side(int requests, Server server, Function<Server, TokenClient> connect) {
    this.requests = requests;
    this.server = server;
    this.connect = connect;
  }

  /** A server that issues so many tokens in a turn. */
  static Side issuing(Containers container, App app, int requests) {
    return new Side(requests, Server.start(container, app), Server::client);
  }

  /** One that refuses as many requests. */
  static Side refusing(Containers container, App app, int requests) {
    return new Side(requests, Server.start(container, app), Server::wrongClient);
  }

  void warmUp(int warmUpRequests) {
    load(warmUpRequests);
  }

  void takeTurn() {
    turns.add(load(requests));
  }

  /** Over new connections: a server closes those that wait until the others have had their turn. */
  private Server.Cost load(int count) {
    try (TokenClient client = connect.apply(server)) {
      return server.load(client, count);
    }
  }

  /** CPU time of a request. */
  Spread cpuMicros() {
    return Spread.of(turns.stream().map(Server.Cost::cpuMicros).toList());
  }

  /** How many times the other's CPU time of the same turn. */
  Spread cpuTo(Side other) {
    return Spread.of(turns, other.turns, (own, its) -> own.cpuMicros() / its.cpuMicros());
  }

  /** How many bytes more than the other's in the same turn. */
  Spread bytesOver(Side other) {
    return Spread.of(turns, other.turns, (own, its) -> own.bytes() - its.bytes());
  }

  @Override
  public void close() {
    server.close();
  }
}
