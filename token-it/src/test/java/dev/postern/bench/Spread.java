package dev.postern.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * How far figures of one thing lie apart.
 *
 * @param min the least
 * @param median the one in the middle
 * @param max the largest
 */
record Spread(double min, double median, double max) {
  static Spread of(List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  /** Of a figure that sets what was measured against what the other was in the same turn. */
  static <T> Spread of(List<T> turns, List<T> others, ToDoubleBiFunction<T, T> figure) {
    return of(
        IntStream.range(0, turns.size())
            .mapToObj(turn -> figure.applyAsDouble(turns.get(turn), others.get(turn)))
            .toList());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f / %.2f / %.2f", min, median, max);
  }
}
