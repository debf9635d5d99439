package dev.postern.core;

import java.util.function.Function;

/**
 * What a step comes to: a value with which the next one goes on, or a refusal.
 *
 * @param <T> the value of a passed step
 */
public sealed interface Outcome<T> {

  static <T> Outcome<T> of(T value) {
    return new Passed<>(value);
  }

  static <T> Outcome<T> refused(Refusal refusal) {
    return new Stopped<>(refusal);
  }

  static <T> Outcome<T> refused(Reason reason) {
    return new Stopped<>(Refusal.of(reason));
  }

  static <T> Outcome<T> refused(Reason reason, String subject) {
    return new Stopped<>(Refusal.of(reason, subject));
  }

  /** Goes on with the value, or stays refused. */
  <R> Outcome<R> then(Function<? super T, Outcome<R>> step);

  /** The refusal, of an outcome that is known to be one. */
  Refusal refusal();

  /** Takes whichever of the two it is. */
  <R> R fold(Function<? super T, ? extends R> passed, Function<Refusal, ? extends R> stopped);

  /** Goes on. */
  record Passed<T>(T value) implements Outcome<T> {
    @Override
    public <R> Outcome<R> then(Function<? super T, Outcome<R>> step) {
      return step.apply(value);
    }

    @Override
    public Refusal refusal() {
      throw new IllegalStateException("a step that passed was not refused");
    }

    @Override
    public <R> R fold(
        Function<? super T, ? extends R> passed, Function<Refusal, ? extends R> stopped) {
      return passed.apply(value);
    }
  }

  /** Goes no further. */
  record Stopped<T>(Refusal refusal) implements Outcome<T> {
    @Override
    public <R> Outcome<R> then(Function<? super T, Outcome<R>> step) {
      return new Stopped<>(refusal);
    }

    @Override
    public <R> R fold(
        Function<? super T, ? extends R> passed, Function<Refusal, ? extends R> stopped) {
      return stopped.apply(refusal);
    }
  }
}
