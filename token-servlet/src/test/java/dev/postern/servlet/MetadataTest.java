package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Rfc("RFC8414-2")
@DisplayName("RFC 8414 s2: authorization server metadata")
class MetadataTest {
  private static final List<String> METHODS = List.of("client_secret_basic", "none");

  private static Map<String, Object> members(EndpointPaths paths) {
    return new Metadata(
            URI.create("https://shop.example/oauth"),
            paths,
            path -> "https://shop.example" + path,
            List.of("client_credentials"),
            METHODS)
        .members();
  }

  @Test
  void all_there_is() {
    EndpointPaths paths = EndpointPaths.of(Optional.empty(), List.of("/oauth/*")).withErrorPages();

    assertThat(members(paths))
        .containsExactly(
            Map.entry("issuer", "https://shop.example/oauth"),
            Map.entry("authorization_endpoint", "https://shop.example/oauth/authorize"),
            Map.entry("response_modes_supported", List.of("query")),
            Map.entry("authorization_response_iss_parameter_supported", true),
            Map.entry("token_endpoint", "https://shop.example/oauth/token"),
            Map.entry("token_endpoint_auth_methods_supported", METHODS),
            Map.entry("grant_types_supported", List.of("client_credentials")),
            Map.entry("response_types_supported", List.of("code")),
            Map.entry("code_challenge_methods_supported", List.of("S256")),
            Map.entry("revocation_endpoint", "https://shop.example/oauth/revoke"),
            Map.entry("revocation_endpoint_auth_methods_supported", METHODS),
            Map.entry("introspection_endpoint", "https://shop.example/oauth/introspect"),
            Map.entry(
                "introspection_endpoint_auth_methods_supported", List.of("client_secret_basic")),
            Map.entry("service_documentation", "https://shop.example/oauth/errors/"));
  }

  @Test
  @DisplayName("what is not configured is not told")
  void on_one_exact_path() {
    EndpointPaths paths = EndpointPaths.of(Optional.empty(), List.of("/token")).withErrorPages();

    assertThat(members(paths))
        .containsEntry("token_endpoint", "https://shop.example/token")
        .doesNotContainKeys(
            "authorization_endpoint",
            "revocation_endpoint",
            "introspection_endpoint",
            "service_documentation");
  }
}
