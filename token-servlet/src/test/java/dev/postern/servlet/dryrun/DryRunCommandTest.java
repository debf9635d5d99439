package dev.postern.servlet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Issue 4: the dry run as a command")
class DryRunCommandTest {
  private static final String SECRET = "kX7-batch-generated-secret-0001";
  private static final String CODE = "x".repeat(43);
  private static final String GRANT = "grant_type=client_credentials";
  private static final String CURL = "curl https://shop.example/oauth/token -u batch:guess -d ";

  @TempDir private Path folder;
  private Path clients;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeClients() throws IOException {
    clients = folder.resolve("clients.json");
    Files.writeString(
        clients,
        """
        {"clients":[
          {"client_id":"batch","grant_types":["client_credentials","voucher","password"],
           "scope":"orders.read","secrets":[{"hash":"%1$s"}]},
          {"client_id":"shop","grant_types":["authorization_code","refresh_token"],
           "scope":"profile","redirect_uris":["https://shop.example/cb"],
           "secrets":[{"hash":"%1$s"}]}]}
        """
            .formatted(Sha256Secrets.hash(Secret.of(SECRET))));
  }

  private int run(String input, String... arguments) throws IOException {
    out.reset();
    err.reset();
    return new DryRunCommand(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            "en-GB")
        .run(arguments);
  }

  private int examine(String input, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--clients", clients.toString()));
    arguments.addAll(List.of(more));
    return run(input, arguments.toArray(String[]::new));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void what_would_be_accepted() throws IOException {
    assertThat(examine(CURL + GRANT)).isZero();

    assertThat(out())
        .startsWith(" 1. The path is that of an endpoint: passed\n")
        .contains("\n 9. The client is who it says it is: it is taken at its word\n")
        .contains("\n15. Tokens can be made and kept: passed\n\n")
        .endsWith("\nTokens would be issued, if the secret or password is right.\n")
        .doesNotContain("failed", "not reached", "guess");
    assertThat(err()).isEmpty();
  }

  @Test
  @DisplayName("it is no oracle: what it says of a right secret it says of a wrong one")
  void no_oracle() throws IOException {
    int wrong = examine(CURL + GRANT);
    String ofWrong = out();

    assertThat(examine(CURL.replace("guess", SECRET) + GRANT)).isEqualTo(wrong);
    assertThat(out()).isEqualTo(ofWrong);
  }

  @Test
  void what_would_be_refused() throws IOException {
    assertThat(examine(CURL + GRANT + " -d scope=Orders.Read")).isEqualTo(1);

    assertThat(out())
        .contains("\n13. The code, token or password is good: passed\n")
        .contains(
            "\n14. The scope is allowed: failed\n15. Tokens can be made and kept: not reached\n")
        .contains("\nIt would be refused: TOK6101 ", "\nName in the log: SCOPE_IN_OTHER_CASE\n")
        .contains("\nDetail: the client has orders.read\n")
        .contains("\nThe client sees: TOK6002: the scope exceeds what is allowed: scope\n")
        .containsPattern("\nFor the server's administrator: .{20,}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -d grant_type=x                                    | TOK5001
          -d grant_type=voucher                              | TOK5001
          -d grant_type=password -d username=a -d password=b | TOK5101
          -X PUT -d x=y                                      | TOK1001
          -d x=%zz                                           | TOK1017
          -H 'Content-Type: text/plain' -d x=y               | TOK1010
          -d grant_type=refresh_token                        | TOK4001
          """)
  void the_number_of_what_is_wrong(String options, String number) throws IOException {
    assertThat(examine(CURL.replace(" -d ", " ") + options)).isEqualTo(1);
    assertThat(out()).contains("It would be refused: " + number + " ");
  }

  @Test
  void settings_of_the_filter_and_the_path_of_the_endpoint() throws IOException {
    String password = CURL + "grant_type=password -d username=alice -d password=guess";
    assertThat(examine(password, "--setting", "passwordGrant=true")).isZero();
    assertThat(out())
        .contains("\n13. The code, token or password is good: it is taken at its word\n");

    String plain = CURL.replace("https", "http") + GRANT;
    assertThat(examine(plain)).isEqualTo(1);
    assertThat(out()).contains("TOK1008");
    assertThat(examine(plain, "--setting", "allowInsecureHttp=true")).isZero();
    assertThat(examine(CURL + "x=" + "y".repeat(2_000), "--setting", "maxBodyBytes=1024"))
        .isEqualTo(1);
    assertThat(out()).contains("TOK1013");

    String elsewhere = CURL.replace("/oauth/token", "/login/access") + GRANT;
    assertThat(examine(elsewhere)).isEqualTo(1);
    assertThat(out()).contains("TOK1007");
    assertThat(examine(elsewhere, "--endpoint", "access")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant_type=authorization_code&code=CODE&redirect_uri=https://shop.example/cb",
        "grant_type=refresh_token&refresh_token=xxxxxxxxxxxxxxxxxxxxxxCODE"
      })
  @DisplayName("of a code or token: that it is well formed, and that it was not looked up")
  void undecided(String form) throws IOException {
    String request =
        "POST /oauth/token HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Authorization: Basic c2hvcDpndWVzcw==\r\n\r\n"
            + form.replace("CODE", CODE);

    assertThat(examine(request)).isZero();

    assertThat(out())
        .contains("\n12. The scope is well-formed: passed\n")
        .contains("\n13. The code, token or password is good: not examined here\n")
        .contains("\n 9. The client is who it says it is: it is taken at its word\n")
        .contains("\n15. Tokens can be made and kept: not examined here\n")
        .contains("Its code or token is well formed; whether it is known", "errors/dry-run")
        .doesNotContain("would be issued", CODE, "TOK");
  }

  @Test
  void a_code_that_is_cut_off_and_a_refresh_token_that_is() throws IOException {
    String shop = CURL.replace("batch", "shop");
    String code = shop + "grant_type=authorization_code -d code=" + CODE.substring(1);
    assertThat(examine(code + " -d redirect_uri=https://shop.example/cb")).isEqualTo(1);
    assertThat(out())
        .contains("TOK3101", "CODE_UNKNOWN", "Detail: a code has 43 characters")
        .doesNotContain("xxx");

    assertThat(examine(shop + "grant_type=refresh_token -d refresh_token=" + CODE)).isEqualTo(1);
    assertThat(out()).contains("TOK32");
  }

  @Test
  void in_romanian() throws IOException {
    assertThat(examine(CURL + GRANT, "--language", "ro")).isZero();
    assertThat(out()).contains(": trecută\n", "S-ar emite tokenuri");

    assertThat(examine(CURL + GRANT, "--language", "fr")).isEqualTo(2);
    assertThat(err()).isEqualTo("--language fr: en, ro\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--clients",
        "--setting a=b",
        "--clients x --setting a",
        "--clients x --setting =b",
        "--clients x y",
        "--help",
        "--clients x --code y"
      })
  void usage(String arguments) throws IOException {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);

    assertThat(run(CURL + GRANT, words)).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(err()).startsWith("Usage: ").contains("--clients FILE");
  }

  @Test
  void what_is_wrong_with_files_and_settings_is_told_at_once() throws IOException {
    Files.writeString(clients, "{\"clients\":[{\"client_id\":\"a\",\"grant_type\":[\"x\"]}]}");

    assertThat(examine(CURL + GRANT, "--setting", "passwordGrnt=true", "--setting", "path=x"))
        .isEqualTo(2);
    assertThat(err())
        .contains(
            clients + ": ", "grant_type", "passwordGrnt: no such setting; is it passwordGrant?");

    assertThat(run(CURL + GRANT, "--clients", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err()).contains("none: cannot be read: java.nio.file.NoSuchFileException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "zqx", "curl 'zqx", "{\"zqx\":1}"})
  void what_is_no_request_is_not_repeated(String input) throws IOException {
    assertThat(examine(input)).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(err())
        .startsWith("This is no request that can be read. Raw HTTP can, a curl command")
        .doesNotContain("zqx");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http POST https://shop.example/oauth/token grant_type=zqx   | such as HTTPie, cannot
          http -f https://shop.example/oauth/token grant_type=zqx     | such as HTTPie, cannot
          xh https://shop.example/oauth/token grant_type=zqx          | such as HTTPie, cannot
          curl https://shop.example/oauth/token -u batch:$zqx -d x=y  | A variable of the shell
          curl https://shop.example/oauth/token -u "batch:${zqx}"     | A variable of the shell
          curl https://shop.example/oauth/token -d code=$(cat zqx)    | A variable of the shell
          curl https://shop.example/oauth/token -d "code=`cat zqx`"   | A variable of the shell
          curl https://shop.example/oauth/token -d code=`cat zqx`     | or another command
          curl https://shop.example/oauth/token -u zqx:$1 -d x=y      | A variable of the shell
          curl https://shop.example/oauth/token -u "zqx:$@" -d x=y    | A variable of the shell
          curl https://shop.example/oauth/token -u zqx:a$!b -d x=y    | A variable of the shell
          curl https://shop.example/oauth/introspect -d token=zqx     | Only requests to the token
          POST /oauth/revoke HTTP/1.1                                 | Only requests to the token
          GET https://shop.example/oauth/authorize?zqx=1 HTTP/1.1     | Only requests to the token
          """)
  void what_cannot_be_tried(String input, String why) throws IOException {
    assertThat(examine(input)).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(err()).contains(why).doesNotContain("zqx");
  }

  @Test
  void a_dollar_sign_that_no_shell_expands() throws IOException {
    assertThat(examine(CURL.replace("batch:guess", "'batch:a$b'") + GRANT)).isZero();
    assertThat(examine(CURL.replace("batch:guess", "'batch:`$1$@`'") + GRANT)).isZero();
    assertThat(examine(CURL.replace("guess", "\\$b\\`$") + GRANT)).isZero();
    assertThat(examine(CURL.replace("batch:guess", "\"batch:$'$%\"") + GRANT)).isZero();
    assertThat(examine(CURL.replace("oauth/token", "authorize") + GRANT, "--endpoint", "authorize"))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accessTokenLifetime=banana | accessTokenLifetime = banana: an ISO 8601 duration such as PT10M
          failureLimit=-1            | failureLimit = -1: a number from 0 to 60000
          allowInsecureHttp=yes      | allowInsecureHttp = yes: true or false
          requirePkce=yes            | requirePkce = yes: true or false
          trustedProxies=x           | trustedProxies = x: IP addresses
          allowedOrigins=x           | allowedOrigins = x: origins
          createSchema=yes           | createSchema = yes: true or false
          createSchema=true          | createSchema = true: nothing, as there is no dataSource
          traceRetention=P1Y         | traceRetention = P1Y: an ISO 8601 duration
          path=oauth                 | path = oauth: a path such as /oauth
          realm=a"b                  | realm = a"b: printable ASCII
          """)
  void a_setting_with_which_the_filter_does_not_start(String setting, String said)
      throws IOException {
    assertThat(examine(CURL + GRANT, "--setting", setting)).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(err()).startsWith(said).hasLineCount(1);
  }
}
