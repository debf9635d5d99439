package dev.postern.servlet.figures;

import java.util.function.LongSupplier;

/**
 * Where state is kept.
 *
 * @param kind in a word
 * @param entries how many it holds; -1 where that is not known
 */
public record StoreState(String kind, LongSupplier entries) {

  /** One that does not tell how much it holds. */
  public static StoreState of(String kind) {
    return new StoreState(kind, () -> -1);
  }
}
