package dev.postern.it.contract;

import static dev.postern.core.StandardReason.NO_SUCH_ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.RawHttp;
import dev.postern.it.Rfc;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The metadata say what this very deployment can do")
@Rfc({"RFC8414-2", "RFC8414-3", "RFC8414-3.2"})
@Slice
abstract class MetadataContract extends Contract {
  private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";
  private static final String ISSUER = "https://id.example/shop/oauth";

  MetadataContract(Running running) {
    super(running);
  }

  private Endpoint described() {
    return endpoint(
        "described",
        () ->
            TestApp.with(TestClients.all())
                .parameter("issuer", ISSUER)
                .parameter("passwordGrant", "true")
                .parameter("allowedOrigins", "https://app.example")
                .xml(
                    "<filter-mapping><filter-name>token</filter-name><url-pattern>"
                        + WELL_KNOWN
                        + "/*</url-pattern></filter-mapping>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/oauth" + WELL_KNOWN,
        "/shop" + WELL_KNOWN,
        "/shop" + WELL_KNOWN + "/shop/oauth"
      })
  void all_of_it(String target) {
    Answer answer = described().send("GET", target, "Host: evil.example");

    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    assertThat(answer.headers("Content-Type")).containsExactly("application/json");
    assertThat(answer.headers("Cache-Control")).containsExactly("public, max-age=300");
    assertThat(answer.headers("Access-Control-Allow-Origin")).containsExactly("*");
    JsonObject metadata = answer.json();
    assertThat(metadata.getString("issuer")).isEqualTo(ISSUER);
    assertThat(metadata.getString("token_endpoint")).isEqualTo(ISSUER + "/token");
    assertThat(metadata.getString("authorization_endpoint")).isEqualTo(ISSUER + "/authorize");
    assertThat(metadata.getBoolean("authorization_response_iss_parameter_supported")).isTrue();
    assertThat(metadata.getString("introspection_endpoint")).isEqualTo(ISSUER + "/introspect");
    assertThat(metadata.getString("revocation_endpoint")).isEqualTo(ISSUER + "/revoke");
    assertThat(metadata.getString("service_documentation")).isEqualTo(ISSUER + "/errors/");
    assertThat(strings(metadata, "grant_types_supported"))
        .containsExactlyInAnyOrder(
            "client_credentials", "authorization_code", "refresh_token", "password");
    assertThat(strings(metadata, "response_types_supported")).containsExactly("code");
    assertThat(strings(metadata, "code_challenge_methods_supported")).containsExactly("S256");
    assertThat(strings(metadata, "token_endpoint_auth_methods_supported"))
        .containsExactlyInAnyOrder("client_secret_basic", "client_secret_post", "none");
    assertThat(strings(metadata, "revocation_endpoint_auth_methods_supported"))
        .containsExactlyInAnyOrder("client_secret_basic", "client_secret_post", "none");
    assertThat(strings(metadata, "introspection_endpoint_auth_methods_supported"))
        .containsExactlyInAnyOrder("client_secret_basic", "client_secret_post");
    assertThat(metadata).doesNotContainKeys("scopes_supported", "jwks_uri");
    assertThat(answer.text()).doesNotContain("evil.example", "[]", "null");
  }

  private static List<String> strings(JsonObject object, String member) {
    return object.getJsonArray(member).getValuesAs(JsonString::getString);
  }

  @Test
  void every_endpoint_that_is_told_is_there() {
    JsonObject metadata = described().send("GET", "/shop/oauth" + WELL_KNOWN).json();
    List<String> endpoints =
        metadata.keySet().stream()
            .filter(member -> member.endsWith("_endpoint"))
            .map(metadata::getString)
            .toList();

    assertThat(endpoints).hasSize(4);
    for (String endpoint : endpoints) {
      String path = URI.create(endpoint).getPath();
      Answer answer = RawHttp.to(described().container()).send("PATCH", path);
      assertThat(answer.status()).as(endpoint).isEqualTo(405);
    }
  }

  @Test
  @DisplayName("where the public URL is another, it is that which is told")
  void public_url() {
    Endpoint proxied =
        endpoint(
            "metadata-proxied",
            () ->
                TestApp.with(TestClients.all())
                    .parameter("issuer", "https://id.example")
                    .parameter("publicUrl", "https://api.example/auth/")
                    .alone());

    JsonObject metadata = proxied.send("GET", "/shop/oauth" + WELL_KNOWN).json();

    assertThat(metadata.getString("issuer")).isEqualTo("https://id.example");
    assertThat(metadata.getString("token_endpoint")).isEqualTo("https://api.example/auth/token");
    assertThat(strings(metadata, "grant_types_supported")).doesNotContain("password");
  }

  @Test
  void only_reading_is_allowed() {
    Answer answer = described().post("/shop/oauth" + WELL_KNOWN, "");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).hasValue("GET, HEAD");
  }

  @Test
  @DisplayName("without an issuer there are none, and the log says why")
  void no_issuer() {
    Answer answer = shop().send("GET", "/shop/oauth" + WELL_KNOWN);

    assertRefused(answer, 404, NO_SUCH_ENDPOINT);
    assertThat(shop().logLine(answer)).contains("only where the setting issuer is");
    assertThat(shop().send("GET", "/shop" + WELL_KNOWN).text()).startsWith("behind");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/oauth/.well-known/openid-configuration",
        "/shop/.well-known/openid-configuration"
      })
  void this_is_no_openid_provider(String target) {
    assertThat(described().send("GET", target).text()).startsWith("behind");
  }

  @Test
  void another_spelling_leads_nowhere() {
    Answer answer = described().send("GET", "/shop/oauth" + WELL_KNOWN + "/");

    described().assertRefused(answer, 404, NO_SUCH_ENDPOINT);
  }
}
