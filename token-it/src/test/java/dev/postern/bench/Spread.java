package dev.postern.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f / %.2f / %.2f", min, median, max);
  }
}
