package dev.postern.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExpiryQueueTest {
  private final ExpiryQueue<Integer> queue = new ExpiryQueue<>(1_000);

  private List<Integer> drain(long now) {
    List<Integer> drained = new ArrayList<>();
    for (Optional<Integer> next = queue.poll(now); next.isPresent(); next = queue.poll(now)) {
      drained.add(next.get());
    }
    return drained;
  }

  @Test
  void nothing_comes_of_nothing() {
    assertThat(queue.poll(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void an_item_comes_when_its_slot_is_over() {
    queue.add(1, 5_000);
    queue.add(2, 5_999);
    queue.add(3, 6_000);

    assertThat(drain(5_000)).isEmpty();
    assertThat(drain(5_999)).isEmpty();
    assertThat(drain(6_000)).containsExactlyInAnyOrder(1, 2);
    assertThat(drain(6_999)).isEmpty();
    assertThat(drain(7_000)).containsExactly(3);
    assertThat(drain(100_000)).isEmpty();
  }

  @Test
  void earlier_slots_come_first() {
    queue.add(3, 30_000);
    queue.add(1, 10_000);
    queue.add(2, 20_000);

    assertThat(drain(100_000)).containsExactly(1, 2, 3);
  }

  @Test
  void a_slot_grows() {
    Set<Integer> added = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      queue.add(i, 500);
      added.add(i);
    }

    assertThat(new HashSet<>(drain(1_000))).isEqualTo(added);
  }

  @Test
  void a_slot_that_was_emptied_can_be_used_again() {
    queue.add(1, 500);
    assertThat(queue.poll(1_000)).contains(1);
    queue.add(2, 500);
    queue.add(3, 500);

    assertThat(drain(1_000)).containsExactlyInAnyOrder(2, 3);
  }

  @Test
  void nothing_is_lost_or_doubled_when_many_add_and_poll_at_once() throws Exception {
    int perThread = 100_000;
    AtomicInteger polled = new AtomicInteger();
    AtomicInteger adding = new AtomicInteger(3);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        work.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < perThread; i++) {
                    // Into the very slot that is being emptied.
                    queue.add(i, 0);
                  }
                  adding.decrementAndGet();
                }));
        Callable<Void> poller =
            () -> {
              while (adding.get() > 0) {
                if (queue.poll(1_000).isPresent()) {
                  polled.incrementAndGet();
                }
              }
              return null;
            };
        work.add(threads.submit(poller));
      }
      for (Future<?> done : work) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(polled.get() + drain(1_000).size()).isEqualTo(3 * perThread);
  }
}
