package dev.postern.bench;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Client;
import dev.postern.core.ClientSecret;
import dev.postern.core.IdAndSecret;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The client that all benchmarks ask for: a generated secret, sent as Basic. */
final class BenchClient {
  static final String ID = "nightly-batch";
  static final String SECRET = "k3Y0pR2vTq8mWzX5sB7nD1fG4hJ6lC9aE-uI_oQxZyA";
  static final String WRONG_SECRET = "k3Y0pR2vTq8mWzX5sB7nD1fG4hJ6lC9aE-uI_oQxZyB";
  static final String SCOPE = "orders.read orders.write";
  static final String REDIRECT_URI = "https://client.example/callback";
  static final String FORM = "grant_type=client_credentials&scope=orders.read+orders.write";

  private BenchClient() {}

  static AuthorizationHeader header(String secret) {
    return new AuthorizationHeader.Basic(List.of(new IdAndSecret(ID, Secret.of(secret))));
  }

  /** The value of its {@code Authorization} header. */
  static String basic(String secret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((ID + ":" + secret).getBytes(StandardCharsets.US_ASCII));
  }

  static Client registration() {
    return Client.withId(ID)
        .secret(
            new ClientSecret(
                new Sha256Secrets().read(Sha256Secrets.hash(Secret.of(SECRET))).orElseThrow(),
                Optional.empty(),
                "bench"))
        .grantTypes("client_credentials", "authorization_code", "refresh_token")
        .scope(Scope.of(SCOPE))
        .redirectUris(REDIRECT_URI)
        .build();
  }

  /** The same registration as a clients file. */
  static String clientsFile() {
    return """
        {"clients":[{"client_id":"%s","secrets":[{"hash":"%s"}],
          "grant_types":["client_credentials"],"scope":"%s"}]}
        """
        .formatted(ID, Sha256Secrets.hash(Secret.of(SECRET)), SCOPE);
  }
}
