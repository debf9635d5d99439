package dev.postern.bench;

import dev.postern.core.Secret;
import dev.postern.core.TokenResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Core from parameters to result, and beside it what of that nobody can do without. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoreBenchmark {
  private final CoreEndpoint endpoint = new CoreEndpoint();
  private final CoreEndpoint refreshing = new CoreEndpoint(Duration.ofDays(3650));
  private final Primitives primitives = new Primitives();
  private Secret refreshToken =
      CoreEndpoint.refreshTokenOf(refreshing.redeem(refreshing.issueCode()));

  /** Basic, {@code client_credentials}, an opaque token in the memory store. */
  @Benchmark
  public TokenResult issue() {
    return endpoint.issue();
  }

  /** The primitives of {@link #issue}: a secret and a token hashed, a token drawn. */
  @Benchmark
  public void issuePrimitives(Blackhole hole) {
    hole.consume(primitives.hash());
    hole.consume(primitives.token());
    hole.consume(primitives.hash());
  }

  /** The same request with a wrong secret. */
  @Benchmark
  public TokenResult refuseWrongSecret() {
    return endpoint.refuse();
  }

  /** A code for the application. */
  @Benchmark
  public Secret issueCode() {
    return endpoint.issueCode();
  }

  /** A code for the application, and its exchange for an access and a refresh token. */
  @Benchmark
  public TokenResult issueAndRedeemCode() {
    return endpoint.redeem(endpoint.issueCode());
  }

  /** A refresh token rotated, its answer sealed for a retry. */
  @Benchmark
  public TokenResult refresh() {
    TokenResult result = refreshing.refresh(refreshToken);
    refreshToken = CoreEndpoint.refreshTokenOf(result);
    return result;
  }

  @Benchmark
  public byte[] hash() {
    return primitives.hash();
  }

  @Benchmark
  public byte[] chance() {
    return primitives.chance();
  }
}
