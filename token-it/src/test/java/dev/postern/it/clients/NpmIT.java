package dev.postern.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Realm;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients of the JavaScript world: each is a script that finds its way by the metadata alone. */
@Tag("npm")
@DisplayName("Issue 6: oauth4webapi and openid-client from metadata to revocation")
final class NpmIT {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("basedir", "")).resolve("src/test/npm").toAbsolutePath();

  private static SampleServer server;

  @BeforeAll
  static void start() throws IOException {
    server = SampleServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @DisplayName("oauth4webapi, as a public client")
  void oauth4webapi() throws Exception {
    JsonObject told = told(SampleServer.PUBLIC, "", SampleServer.PUBLIC_REDIRECT_URI);

    assertThat(run("oauth4webapi.mjs", told)).isEqualTo("oauth4webapi: passed");
  }

  @Test
  @DisplayName("openid-client, as a confidential client")
  void openid_client() throws Exception {
    JsonObject told = told(SampleServer.POST, SampleServer.SECRET, SampleServer.REDIRECT_URI);

    assertThat(run("openid-client.mjs", told)).isEqualTo("openid-client: passed");
  }

  private static JsonObject told(String clientId, String secret, String redirectUri) {
    return Json.createObjectBuilder()
        .add("issuer", server.issuer().toString())
        .add("resource", server.resource().toString())
        .add("redirectUri", redirectUri)
        .add("clientId", clientId)
        .add("secret", secret)
        .add("user", Realm.USER)
        .add("password", Realm.PASSWORD)
        .build();
  }

  private static String run(String script, JsonObject told) throws Exception {
    Process node =
        new ProcessBuilder("node", script, told.toString())
            .directory(SCRIPTS.toFile())
            .redirectErrorStream(true)
            .start();
    try {
      return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } finally {
      node.destroyForcibly().waitFor();
    }
  }
}
