package dev.postern.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where the JVM of the tests is ended, by Ctrl-C say, its servers end too")
final class LeftoversIT {
  @Test
  void a_signal_ends_the_server_too() throws Exception {
    Process tests = start(Server.TOMCAT_11);
    try (BufferedReader output =
        new BufferedReader(
            new java.io.InputStreamReader(tests.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("up");
      List<ProcessHandle> servers = tests.descendants().toList();
      assertThat(servers).isNotEmpty();

      tests.destroy();

      assertThat(tests.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(servers).noneMatch(ProcessHandle::isAlive);
    } finally {
      tests.destroyForcibly();
    }
  }

  private static Process start(Server server) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Jdk.OF_THE_TESTS.home().resolve("bin/java").toString());
    for (String name : List.of("postern.it.war", "postern.it.servers")) {
      command.add("-D" + name + "=" + System.getProperty(name));
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Held.class.getName(), server.name()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
