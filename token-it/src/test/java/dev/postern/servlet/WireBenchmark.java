package dev.postern.servlet;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.servlet.request.BasicCredentials;
import dev.postern.servlet.request.FormDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** What reads a request and writes an answer, without a container. In this package to see it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
  private static final String TOKEN = "k3Y0pR2vTq8mWzX5sB7nD1fG4hJ6lC9aE-uI_oQxZyA";

  private final byte[] form =
      "grant_type=client_credentials&scope=orders.read+orders.write"
          .getBytes(StandardCharsets.US_ASCII);
  private final List<String> authorization =
      List.of(
          "Basic "
              + Base64.getEncoder()
                  .encodeToString(("nightly-batch:" + TOKEN).getBytes(StandardCharsets.US_ASCII)));
  private final Json json = new Json();

  @Benchmark
  public Outcome<Form> form() {
    return FormDecoder.decode(form, form.length);
  }

  @Benchmark
  public AuthorizationHeader basic() {
    return BasicCredentials.read(authorization);
  }

  /** The answer as {@link TokenResponseWriter} has it written. */
  @Benchmark
  public byte[] json() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("access_token", TOKEN);
    body.put("token_type", "Bearer");
    body.put("expires_in", 600L);
    return json.write(body);
  }
}
