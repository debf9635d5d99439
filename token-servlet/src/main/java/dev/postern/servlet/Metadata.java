package dev.postern.servlet;

import dev.postern.core.Client;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a deployment says of itself (RFC 8414 s2): what is configured, and nothing else. Immutable.
 *
 * @param issuer its issuer identifier
 * @param paths what it has, and where
 * @param urls the URL at which clients see a path of the application
 * @param grantTypes the grant types that there are
 * @param methods the client authentication methods that there are
 */
record Metadata(
    URI issuer,
    EndpointPaths paths,
    UnaryOperator<String> urls,
    List<String> grantTypes,
    List<String> methods) {

  /** The members of the document, in their order. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("issuer", issuer.toString());
    paths.base().ifPresent(base -> authorization(base, members));
    members.put("token_endpoint", urls.apply(paths.tokenPath()));
    members.put("token_endpoint_auth_methods_supported", methods);
    members.put("grant_types_supported", grantTypes);
    // "REQUIRED": a filter on one exact path leaves it to the application to ask the user.
    members.put("response_types_supported", List.of("code"));
    members.put("code_challenge_methods_supported", List.of("S256"));
    paths.base().ifPresent(base -> neighbours(base, members));
    Optional<String> pages = paths.errorPagesBase();
    pages.ifPresent(base -> members.put("service_documentation", urls.apply(base + "/errors/")));
    return members;
  }

  /** Where users are sent. */
  private void authorization(String base, Map<String, Object> members) {
    members.put("authorization_endpoint", urls.apply(base + "/authorize"));
    members.put("response_modes_supported", List.of("query"));
    // "indicating whether the authorization server provides the iss parameter" (RFC 9207 s3)
    members.put("authorization_response_iss_parameter_supported", true);
  }

  /** The endpoints beside the token endpoint. */
  private void neighbours(String base, Map<String, Object> members) {
    members.put("revocation_endpoint", urls.apply(base + "/revoke"));
    members.put("revocation_endpoint_auth_methods_supported", methods);
    members.put("introspection_endpoint", urls.apply(base + "/introspect"));
    members.put(
        "introspection_endpoint_auth_methods_supported",
        methods.stream().filter(method -> !method.equals(Client.PUBLIC)).toList());
  }
}
