package dev.postern.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName(
    "The dry run as a command of the one file, on a machine that has Java and nothing else")
final class DryRunJarIT {
  private static final String SECRET = "kX7-dry-run-generated-secret-0001";
  private static final String RAW =
      """
      POST /shop/oauth/token HTTP/1.1
      Host: shop.example
      Authorization: Basic YmF0Y2g6Z3Vlc3M=
      Content-Type: application/x-www-form-urlencoded

      grant_type=client_credentials&scope=orders.read
      """;
  private static final String CURL =
      """
      curl -u batch:guess https://shop.example/oauth/token \\
        -d grant_type=client_credentials -d scope=orders.write
      """;
  private static final String HAR =
      """
      {"log":{"entries":[{"request":{"method":"POST","url":"https://shop.example/oauth/token",
        "headers":[{"name":"Content-Type","value":"application/x-www-form-urlencoded"}],
        "postData":{"text":"grant_type=refresh_token&client_id=app&refresh_token=TOKEN"}}}]}}
      """;

  @TempDir private Path folder;

  private record Ended(int status, String out, String err) {}

  private Ended java(Api api, String input, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-Duser.language=en", "-jar", AllJarIT.jar(api).toString()));
    command.addAll(List.of(words));
    Path request = Files.writeString(folder.resolve("request.txt"), input);
    Path errors = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(request.toFile())
            .redirectError(errors.toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(errors));
  }

  private void writeClients() throws IOException {
    Files.writeString(
        folder.resolve("clients.json"),
        """
        {"clients":[
          {"client_id":"batch","grant_types":["client_credentials"],"scope":"orders.read",
           "secrets":[{"hash":"%s"}]},
          {"client_id":"app","token_endpoint_auth_method":"none",
           "grant_types":["authorization_code","refresh_token"],
           "redirect_uris":["https://app.example/cb"]}]}
        """
            .formatted(Sha256Secrets.hash(Secret.of(SECRET))));
  }

  @ParameterizedTest
  @EnumSource
  void raw_http_a_curl_line_and_a_har_file(Api api) throws Exception {
    writeClients();
    String token = "x".repeat(65);

    Ended accepted = java(api, RAW, "dry-run", "--clients", "clients.json");
    Ended refused = java(api, CURL, "dry-run", "--clients", "clients.json", "--language", "ro");
    Ended undecided =
        java(api, HAR.replace("TOKEN", token), "dry-run", "--clients", "clients.json");

    assertThat(accepted.err()).isEmpty();
    assertThat(accepted.status()).isZero();
    assertThat(accepted.out())
        .startsWith(" 1. The path is that of an endpoint: passed")
        .contains("Tokens would be issued, if the secret or password is right.");
    assertThat(refused.err()).isEmpty();
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out())
        .contains(
            "14. Scope-ul este permis: picată", "Ar fi refuzată: TOK6002", "SCOPE_NOT_ALLOWED");
    assertThat(undecided.err()).isEmpty();
    assertThat(undecided.status()).isZero();
    assertThat(undecided.out())
        .contains("good: not examined here", "only the running server can tell")
        .doesNotContain(token);
  }

  @Test
  void a_right_secret_and_a_wrong_one_look_alike() throws Exception {
    writeClients();
    String right = CURL.replace("guess", SECRET).replace("write", "read");

    Ended ofRight = java(Api.JAKARTA, right, "dry-run", "--clients", "clients.json");
    Ended ofWrong =
        java(Api.JAKARTA, right.replace(SECRET, "x"), "dry-run", "--clients", "clients.json");

    assertThat(ofRight).isEqualTo(ofWrong);
  }

  @Test
  void what_is_not_understood_and_the_other_commands() throws Exception {
    assertThat(java(Api.JAKARTA, RAW, "dry-run").status()).isEqualTo(2);
    assertThat(java(Api.JAKARTA, RAW, "dry-run", "--clients", "none.json").err())
        .contains("none.json: cannot be read");
    Ended none = java(Api.JAKARTA, "");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("new-secret", "hash-secret", "dry-run");
    assertThat(java(Api.JAKARTA, "", "new-secret").out()).contains("secret: ", "hash: ");
  }
}
