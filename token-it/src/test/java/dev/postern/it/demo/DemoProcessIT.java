package dev.postern.it.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as a process of its own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DemoProcessIT {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void every_line_to_paste_does_what_is_said_of_it(boolean pasted) throws Exception {
    Process demo = start("0");
    try (BufferedReader out = output(demo)) {
      List<String> printed = untilReady(out);
      List<String> lines =
          printed.stream().filter(line -> line.startsWith("  ")).map(String::strip).toList();
      Map<String, String> variables = new HashMap<>();
      List<ShellLine.Reply> replies = new ArrayList<>();
      for (String line : lines) {
        replies.add(pasted ? ShellLine.run(line, variables) : ShellLine.byHand(line, variables));
      }

      assertThat(replies).hasSize(8);
      assertIssued(replies.get(0), "\"scope\":\"orders.read orders.write\"");
      assertIssued(replies.get(1), "\"refresh_token\":");
      assertIssued(replies.get(2), "\"refresh_token\":");
      assertThat(replies.get(3).output().strip()).matches("[A-Za-z0-9_-]{43}");
      assertThat(replies.get(4).status()).isEqualTo(200);
      assertThat(replies.get(4).output()).contains("The orders that batch may read.");
      assertRefused(replies.get(5), out, 401, "TOK2000", "SECRET_MISMATCH");
      assertThat(replies.get(5).output()).contains("WWW-Authenticate: Basic realm=");
      assertRefused(replies.get(6), out, 400, "TOK1006", "PARAMETER_IN_QUERY");
      assertRefused(replies.get(7), out, 400, "TOK3000", "CODE_SPENT");
      assertThat(printed).anyMatch(line -> line.contains("SECRET_MISMATCH"));
      assertThat(printed).anyMatch(line -> line.contains("PARAMETER_IN_QUERY"));
      assertThat(printed).anyMatch(line -> line.contains("CODE_SPENT"));
    } finally {
      demo.destroyForcibly();
    }
  }

  @Test
  void it_serves_until_it_is_told_to_end_and_says_goodbye() throws Exception {
    Process demo = start("0");
    try (BufferedReader out = output(demo)) {
      List<String> printed = untilReady(out);
      assertThat(printed)
          .anyMatch(
              line -> line.matches("Postern's sample WAR on Jetty .*: http://127.0.0.1:\\d+"));
      assertThat(printed)
          .anyMatch(line -> line.matches("batch .* " + DemoClients.BATCH_SECRET + " .*"))
          .anyMatch(line -> line.matches("shop .* " + DemoClients.SHOP_SECRET + " .*"))
          .anyMatch(line -> line.startsWith("spa "));

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
  void the_environment_overrides_the_settings_of_the_web_xml() throws Exception {
    ProcessBuilder builder = command("0");
    builder.environment().put("POSTERN_REALM", "from the environment");
    Process demo = builder.start();
    try (BufferedReader out = output(demo)) {
      String refused =
          untilReady(out).stream().filter(line -> line.contains("batch:guess")).findAny().get();

      assertThat(ShellLine.byHand(refused.strip(), new HashMap<>()).output())
          .contains("WWW-Authenticate: Basic realm=\"from the environment\"");
    } finally {
      demo.destroyForcibly();
    }
  }

  @Test
  void two_nodes_share_a_database() throws Exception {
    Process demo = start("0", "-Ddatabase=postgres");
    try (BufferedReader out = output(demo)) {
      List<String> printed = untilReady(out);
      List<String> nodes =
          printed.stream().filter(line -> line.contains("http://127.0.0.1:")).toList();
      assertThat(nodes).anyMatch(line -> line.matches("The other node, http://127.0.0.1:\\d+, .*"));
      // The last three lines need a cookie jar and sed: they are for a shell with curl.
      List<String> lines =
          printed.stream().filter(line -> line.startsWith("  ")).map(String::strip).toList();
      String dance = String.join(" && ", lines.subList(lines.size() - 3, lines.size()));
      if (ShellLine.hasCurl()) {
        ShellLine.Reply reply = ShellLine.run(dance, new HashMap<>());
        assertIssued(reply, "\"refresh_token\":");
      }
      assertThat(printed).noneMatch(line -> line.contains("kept in the memory"));
    } finally {
      demo.destroy();
      assertThat(demo.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_database_that_is_none_gets_one_sentence() throws Exception {
    Process demo = start("0", "-Ddatabase=oracle");
    try (BufferedReader out = output(demo)) {
      assertThat(out.lines()).containsExactly("The database is postgres or none, not oracle.");
      assertThat(demo.waitFor()).isEqualTo(1);
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

  private static Process start(String port, String... more) throws IOException {
    return command(port, more).start();
  }

  private static ProcessBuilder command(String port, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dpostern.it.war=" + System.getProperty("postern.it.war"),
                "-Dport=" + port));
    command.addAll(List.of(more));
    command.add(Demo.class.getName());
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static List<String> untilReady(BufferedReader out) throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.isEmpty() || !lines.get(lines.size() - 1).contains("Ctrl-C")) {
      String line = out.readLine();
      assertThat(line).as("more after %s", lines).isNotNull();
      lines.add(line);
    }
    return lines;
  }

  private static void assertIssued(ShellLine.Reply reply, String member) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.output())
        .contains("Cache-Control: no-store", "\"access_token\":", "\"token_type\":\"Bearer\"")
        .contains(member);
  }

  private static void assertRefused(
      ShellLine.Reply reply, BufferedReader log, int status, String told, String cause)
      throws IOException {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.output()).contains("\"error_description\":\"" + told + ":");
    String line = log.readLine();
    assertThat(line)
        .startsWith("log: INFO refused number=")
        .contains(" cause=" + cause + " ", " told=" + told + " ");
    String trace = line.replaceAll(".* trace_id=(\\S+) .*", "$1");
    assertThat(reply.output()).contains("\"trace_id\":\"" + trace + "\"");
  }
}
