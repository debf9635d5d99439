package dev.postern.it.cluster;

import dev.postern.it.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Nodes of which some are being killed while others are starting. Thread-safe. */
final class Nodes implements AutoCloseable {
  private final Node.Options options;
  private final List<Node> running = new ArrayList<>();
  private final List<Process> starting = new ArrayList<>();
  private boolean isClosed;

  private Nodes(Node.Options options) {
    this.options = options;
  }

  /** So many, all of them ready. */
  static Nodes start(int size, Node.Options options) throws InterruptedException {
    Nodes nodes = new Nodes(options);
    List<Thread> threads = Stream.generate(nodes::another).limit(size).toList();
    for (Thread thread : threads) {
      thread.join();
    }
    return nodes;
  }

  /** One that was running a moment ago; empty while there is none. */
  synchronized Optional<RawHttp> any() {
    return running.isEmpty()
        ? Optional.empty()
        : Optional.of(running.get(ThreadLocalRandom.current().nextInt(running.size())).http());
  }

  /** Kills one, if that leaves {@code rest} running, and begins to start another. */
  synchronized boolean killOne(int rest) {
    if (running.size() <= rest) {
      return false;
    }
    running.remove(ThreadLocalRandom.current().nextInt(running.size())).kill();
    another();
    return true;
  }

  private Thread another() {
    Thread thread = new Thread(this::startOne, "node-start");
    thread.start();
    return thread;
  }

  private void startOne() {
    Node.Starting begun = Node.begin(options);
    synchronized (this) {
      if (isClosed) {
        begun.process().destroyForcibly();
        return;
      }
      starting.add(begun.process());
    }
    Node node;
    try {
      node = begun.ready();
    } catch (IllegalStateException e) {
      checkClosed(e);
      return;
    }
    synchronized (this) {
      starting.remove(begun.process());
      running.add(node);
    }
  }

  private synchronized void checkClosed(IllegalStateException failure) {
    if (!isClosed) {
      throw failure;
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    starting.forEach(Process::destroyForcibly);
    running.forEach(Node::close);
  }
}
