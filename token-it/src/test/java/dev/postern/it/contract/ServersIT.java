package dev.postern.it.contract;

import dev.postern.it.Launcher;
import dev.postern.it.server.Server;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In real servers: those that the system property {@code postern.it.chosen} names, or {@code ALL}.
 */
@ExtendWith(ServerTable.class)
@ParameterizedClass(name = "{0}")
@MethodSource("chosen")
final class ServersIT extends TokenEndpointContract {
  @org.junit.jupiter.params.Parameter private Server server;

  Server server() {
    return server;
  }

  @Override
  Launcher launcher() {
    return server;
  }

  @AfterParameterizedClassInvocation
  void stopThisOne() throws Exception {
    stop();
  }

  static List<Server> chosen() {
    String names = System.getProperty("postern.it.chosen", "");
    if (names.equals("ALL")) {
      return List.of(Server.values());
    }
    return Arrays.stream(names.split(",", -1)).map(String::strip).map(Server::valueOf).toList();
  }
}
