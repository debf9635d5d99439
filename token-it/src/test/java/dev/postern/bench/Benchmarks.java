package dev.postern.bench;

/** Runs the benchmarks. */
final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] args) {}
}
