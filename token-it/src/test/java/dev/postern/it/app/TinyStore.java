package dev.postern.it.app;

/** A store for three tokens. */
public final class TinyStore extends FlakyStore {
  /** Made by its name in {@code extensions}. */
  public TinyStore() {
    super(3);
  }
}
