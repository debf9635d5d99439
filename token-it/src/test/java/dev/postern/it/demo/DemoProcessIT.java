package dev.postern.it.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo as a process of its own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DemoProcessIT {
  @Test
  void it_serves_until_it_is_told_to_end_and_says_goodbye() throws Exception {
    Process demo = start("0");
    try (BufferedReader out = output(demo)) {
      String first = out.readLine();
      assertThat(first).matches("Postern's sample WAR on Jetty .*: http://127.0.0.1:\\d+");
      assertThat(status(first.substring(first.indexOf("http:")))).isPositive();

      demo.toHandle().destroy();

      List<String> rest = out.lines().toList();
      assertThat(rest).endsWith("", "The demo has ended.");
      assertThat(rest).noneMatch(line -> line.startsWith("\tat "));
      assertThat(demo.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).isIn(0, 130, 143);
    } finally {
      demo.destroyForcibly();
    }
  }

  @Test
  void a_taken_port_gets_one_sentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Process demo = start(port);
      try (BufferedReader out = output(demo)) {
        assertThat(out.lines())
            .containsExactly(
                "Port "
                    + port
                    + " is taken: stop what listens there, or say another with -Dport=8081.");
        assertThat(demo.waitFor()).isEqualTo(1);
      } finally {
        demo.destroyForcibly();
      }
    }
  }

  @Test
  void a_port_that_is_none_gets_one_sentence() throws Exception {
    Process demo = start("http");
    try (BufferedReader out = output(demo)) {
      assertThat(out.lines()).containsExactly("The port is a number from 0 to 65535, not http.");
      assertThat(demo.waitFor()).isEqualTo(1);
    } finally {
      demo.destroyForcibly();
    }
  }

  private static Process start(String port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Dpostern.it.war=" + System.getProperty("postern.it.war"),
            "-Dport=" + port,
            Demo.class.getName())
        .redirectErrorStream(true)
        .start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static int status(String uri) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(10)).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
