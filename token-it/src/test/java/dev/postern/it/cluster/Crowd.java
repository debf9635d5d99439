package dev.postern.it.cluster;

import dev.postern.it.Answer;
import dev.postern.it.RawConnection;
import dev.postern.it.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;

/** So many clients that send one request each at the same moment. */
final class Crowd implements AutoCloseable {
  private final int size;
  private final CyclicBarrier barrier;
  private final ExecutorService threads;

  Crowd(int size) {
    this.size = size;
    this.barrier = new CyclicBarrier(size);
    this.threads = Executors.newFixedThreadPool(size);
  }

  /**
   * What each of them gets. All are connected before the first one sends.
   *
   * @param node where the client of this number sends to
   * @param request what it sends there
   */
  List<Answer> send(IntFunction<RawHttp> node, Function<RawHttp, byte[]> request) throws Exception {
    List<Future<Answer>> futures = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      RawHttp http = node.apply(i);
      futures.add(
          threads.submit(
              () -> {
                try (RawConnection connection = http.open()) {
                  barrier.await(30, TimeUnit.SECONDS);
                  return connection.send(request.apply(http)).read();
                }
              }));
    }
    List<Answer> answers = new ArrayList<>();
    for (Future<Answer> future : futures) {
      answers.add(future.get(30, TimeUnit.SECONDS));
    }
    return answers;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
