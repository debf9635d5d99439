package dev.postern.it.contract;

import static dev.postern.it.contract.Contract.AS_SHOP;
import static dev.postern.it.contract.Endpoint.basic;
import static dev.postern.it.contract.Endpoint.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Containers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

@DisplayName("Hostile input in every field shows up escaped, wherever it shows up")
class EscapingIT {
  private static final String HOSTILE = "</code><script>zqx\"'&\u202E${x}</script>";

  private static TestApp app() {
    return Findings.app()
        .parameter("auditLog", "true")
        .parameter("passwordGrant", "true")
        .parameter("failureLimit", "2")
        .xml(BearerContract.filter("bearer", "/bearer"));
  }

  @ParameterizedTest
  @EnumSource
  void in_every_field(Containers container) throws Exception {
    try (Running running = new Running(container, Optional.empty());
        Endpoint endpoint = running.alone(app())) {
      List<String> pages = new ArrayList<>(atTheEndpoints(endpoint));
      pages.addAll(Told.pages(endpoint));
      pages.addAll(asked(endpoint));

      assertThat(String.join("", pages)).contains("&lt;script&gt;zqx&quot;&#39;&amp;");
      for (String page : pages) {
        assertEscaped(page);
      }
      assertThat(running.log().lines())
          .allMatch(line -> line.matches("[\\x20-\\x7E]*"))
          .noneMatch(line -> line.contains("<script") || line.contains("${"));
      assertThat(audited(running)).anyMatch(event -> event.getString("client", "").equals(HOSTILE));
      assertThat(Told.beans()).contains("zqx").doesNotContain("<script", "${", "\u202E");
    }
  }

  /** Everything that a request has, and the pages for persons among the answers. */
  private static List<String> atTheEndpoints(Endpoint endpoint) {
    String value = encode(HOSTILE);
    for (String field :
        List.of(
            "grant_type",
            "client_id",
            "client_secret",
            "scope",
            "code",
            "redirect_uri",
            "code_verifier",
            "refresh_token",
            "username",
            "password",
            "token",
            HOSTILE)) {
      String form = "grant_type=password&" + encode(field) + "=" + value;
      endpoint.token(form, AS_SHOP);
      endpoint.token(form);
      endpoint.post(Contract.REVOKE, form, AS_SHOP);
    }
    for (int i = 0; i < 4; i++) {
      endpoint.token("grant_type=x", basic(HOSTILE.replace("\u202E", ""), "x"));
    }
    for (String name :
        List.of("Authorization", "Content-Type", "Origin", "client-request-id", "User-Agent")) {
      endpoint.body(new byte[0], name + ": <script>zqx\"'&</script>", AS_SHOP);
      endpoint.send("GET", "/shop/bearer", name + ": <script>zqx\"'&</script>");
    }
    List<String> pages = new ArrayList<>();
    UserAgent alice = UserAgent.ofAlice(endpoint);
    for (String query :
        List.of(
            "client_id=" + value,
            "client_id=shop&redirect_uri=" + value,
            "client_id=shop&client_id=" + value,
            "response_type=code&client_id=native&state="
                + value
                + "&code_challenge_method=S256"
                + "&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb&code_challenge="
                + Contract.CHALLENGE
                + "&ui_locales="
                + value
                + "&login_hint="
                + value)) {
      Answer answer = alice.authorize(query);
      assertThat(answer.header("Content-Type").orElse("")).as(query).startsWith("text/html");
      pages.add(answer.text());
    }
    return pages;
  }

  /** What an administrator may ask for and paste. */
  private static List<String> asked(Endpoint endpoint) {
    String errors = endpoint.errorPages();
    String value = encode(HOSTILE);
    String form =
        UserAgent.fields(endpoint.http().send("GET", errors + "dry-run", Findings.ALICE))
            .get("form");
    List<String> pages = new ArrayList<>();
    for (String pasted :
        List.of(
            HOSTILE,
            "curl https://shop.example/oauth/token -d grant_type=" + HOSTILE,
            "curl 'https://shop.example/oauth/token?"
                + value
                + "' -u '"
                + value
                + ":x' -d "
                + value)) {
      String request = "form=" + form + "&request=" + encode(pasted);
      pages.add(endpoint.http().postForm(errors + "dry-run", request, Findings.ALICE).text());
    }
    for (String target :
        List.of(
            "traces/?q=" + value,
            "traces/" + encode(HOSTILE.replace("/", "")),
            "doctor?lang=" + value,
            "?q=" + value)) {
      pages.add(endpoint.http().send("GET", errors + target, Findings.ALICE).text());
    }
    return pages;
  }

  private static void assertEscaped(String page) throws Exception {
    if (page.startsWith("{")) {
      // A path that is none is refused as JSON, which repeats nothing.
      assertThat(page).doesNotContain("zqx");
      return;
    }
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));

    assertThat(document.getElementsByTagName("script").getLength()).as(page).isZero();
  }

  private static List<JsonObject> audited(Running running) {
    return running.log().lines().stream()
        .filter(line -> line.startsWith("{"))
        .map(line -> Json.createReader(new StringReader(line)).readObject())
        .toList();
  }
}
