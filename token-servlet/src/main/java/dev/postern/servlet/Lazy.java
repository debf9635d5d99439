package dev.postern.servlet;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part that is made when it is first asked for. What an application never uses costs its start
 * nothing; so whatever can be wrong with a part has to be found without making it. Thread-safe.
 */
final class Lazy<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T made;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  T get() {
    T found = made;
    return found == null ? make() : found;
  }

  private synchronized T make() {
    T found = made;
    if (found == null) {
      found = maker.get();
      made = found;
    }
    return found;
  }
}
