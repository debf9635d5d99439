package dev.postern.core.memory;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * Items by the time at which they are to be looked at again, in slots of equal width. Costs a
 * reference an item, and constant time however many there are. Thread-safe.
 */
final class ExpiryQueue<T> {
  private final long widthMillis;
  private final ConcurrentSkipListMap<Long, Slot> slots = new ConcurrentSkipListMap<>();

  ExpiryQueue(long widthMillis) {
    this.widthMillis = widthMillis;
  }

  /** Has {@code item} come out of {@link #poll} once {@code atMillis} and its slot are over. */
  void add(T item, long atMillis) {
    Long key = atMillis / widthMillis + 1;
    Slot slot = slots.computeIfAbsent(key, unused -> new Slot());
    while (!slot.add(item)) {
      // The slot was emptied and closed meanwhile: the next one of its time is open. Only this one
      // goes: somebody else may have put the next one there already.
      slots.remove(key, slot);
      slot = slots.computeIfAbsent(key, unused -> new Slot());
    }
  }

  /** Hands on what is over at {@code nowMillis}, but no more than so many at once. */
  void drain(int atMost, long nowMillis, Consumer<T> taker) {
    for (int i = 0; i < atMost; i++) {
      Optional<T> item = poll(nowMillis);
      if (item.isEmpty()) {
        return;
      }
      taker.accept(item.get());
    }
  }

  /** An item whose time is over at {@code nowMillis}; each comes once. */
  Optional<T> poll(long nowMillis) {
    while (true) {
      Map.Entry<Long, Slot> first = slots.firstEntry();
      if (first == null || first.getKey() > nowMillis / widthMillis) {
        return Optional.empty();
      }
      Optional<T> item = first.getValue().poll();
      if (item.isPresent()) {
        return item;
      }
      slots.remove(first.getKey(), first.getValue());
    }
  }

  private final class Slot {
    private Object[] items = new Object[4];
    private int size;
    private boolean isClosed;

    synchronized boolean add(T item) {
      if (isClosed) {
        return false;
      }
      if (size == items.length) {
        items = Arrays.copyOf(items, size + (size >> 1));
      }
      items[size++] = item;
      return true;
    }

    synchronized Optional<T> poll() {
      if (size == 0) {
        isClosed = true;
        return Optional.empty();
      }
      @SuppressWarnings("unchecked") // only add puts items in
      T item = (T) items[--size];
      items = size == 0 ? new Object[0] : items;
      isClosed |= size == 0;
      return Optional.of(item);
    }
  }
}
