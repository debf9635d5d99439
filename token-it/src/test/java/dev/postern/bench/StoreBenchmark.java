package dev.postern.bench;

import dev.postern.core.Secret;
import dev.postern.core.StoredAccessToken;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The memory store with little and with much in it; another token each time, so out of no cache.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoreBenchmark {

  /** Access tokens. */
  @State(Scope.Thread)
  public static class AccessTokens {
    @Param({"1000", "1000000"})
    int held;

    HeldTokens store;

    @Setup(Level.Trial)
    public void fill() {
      store = HeldTokens.accessTokens(held);
    }
  }

  /** Families. */
  @State(Scope.Thread)
  public static class Families {
    @Param({"1000", "1000000"})
    int held;

    HeldTokens store;

    @Setup(Level.Trial)
    public void fill() {
      store = HeldTokens.families(held);
    }
  }

  @Benchmark
  public Optional<StoredAccessToken> find(AccessTokens tokens) {
    return tokens.store.find();
  }

  @Benchmark
  public void rotate(Families families) {
    families.store.rotate();
  }

  /** What of {@link #find} is the benchmark's own. */
  @Benchmark
  public Secret make(AccessTokens tokens) {
    return tokens.store.make();
  }

  /** What of {@link #rotate} is the benchmark's own. */
  @Benchmark
  public Secret makeThree(Families families) {
    return families.store.makeThree();
  }
}
