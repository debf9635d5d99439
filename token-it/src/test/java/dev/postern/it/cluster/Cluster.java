package dev.postern.it.cluster;

import dev.postern.it.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Nodes over one database. Not thread-safe. */
final class Cluster implements AutoCloseable {
  private final Node.Options options;
  private final List<Node> nodes = new ArrayList<>();

  private Cluster(Node.Options options) {
    this.options = options;
  }

  /** So many, all started at once. */
  static Cluster of(int size, Node.Options options) {
    Cluster cluster = new Cluster(options);
    cluster.start(size);
    return cluster;
  }

  /** The nodes in turns: the number may be any. */
  RawHttp http(int number) {
    return nodes.get(number % nodes.size()).http();
  }

  /** Kills every node, and starts as many new ones. */
  void killAndRestart() {
    int size = nodes.size();
    nodes.forEach(Node::kill);
    nodes.clear();
    start(size);
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
  }

  private void start(int size) {
    List<Node.Starting> starting = Stream.generate(() -> Node.begin(options)).limit(size).toList();
    starting.forEach(node -> nodes.add(node.ready()));
  }
}
