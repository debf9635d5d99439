package dev.postern.it.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Quirk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/containers.md says what servers decide before the filter")
final class QuirksIT {
  @Test
  void the_table_is_what_the_contract_asserts() throws IOException {
    String document = Files.readString(Path.of("../docs/containers.md"));

    assertThat(document).contains(table());
  }

  @Test
  void each_is_one_of_some_server() {
    assertThat(Quirk.values()).allSatisfy(quirk -> assertThat(servers(quirk)).isNotEmpty());
  }

  private static String table() {
    return Stream.of(Quirk.values())
        .map(quirk -> "| %s | %s | %s |\n".formatted(quirk.when(), servers(quirk), quirk.then()))
        .collect(joining("", "| what | where | what becomes of it |\n|---|---|---|\n", ""));
  }

  /** As in {@code Jetty 9.4.58, 10.0.25; Tomcat}: a product alone where all of its rows have it. */
  private static String servers(Quirk quirk) {
    Map<String, String> versions = new LinkedHashMap<>();
    Arrays.stream(Server.values())
        .filter(server -> server.quirks().contains(quirk))
        .forEach(
            server ->
                versions.merge(
                    server.product(), server.version(), (one, other) -> one + ", " + other));
    return versions.entrySet().stream()
        .map(
            each ->
                hasAll(each.getKey(), quirk)
                    ? each.getKey()
                    : each.getKey() + " " + each.getValue())
        .collect(joining("; "));
  }

  private static boolean hasAll(String product, Quirk quirk) {
    return Arrays.stream(Server.values())
        .filter(server -> server.product().equals(product))
        .allMatch(server -> server.quirks().contains(quirk));
  }
}
