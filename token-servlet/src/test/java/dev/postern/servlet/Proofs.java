package dev.postern.servlet;

import static dev.postern.servlet.Outcomes.passed;

import dev.postern.core.AuthenticatedClient;
import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Client;
import dev.postern.core.ClientAuthenticationMethod;
import dev.postern.core.ClientAuthenticator;
import dev.postern.core.ClientSecret;
import dev.postern.core.FailureLimiter;
import dev.postern.core.Form;
import dev.postern.core.IdAndSecret;
import dev.postern.core.RequestGuard;
import dev.postern.core.RequestParser;
import dev.postern.core.ResourceOwners;
import dev.postern.core.Secret;
import dev.postern.core.TokenRequest;
import dev.postern.core.client.ClientSecretBasic;
import dev.postern.core.client.ClientSecretPost;
import dev.postern.core.client.PublicClient;
import dev.postern.core.grant.AuthorizationCodeGrant;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.core.memory.MemoryClients;
import dev.postern.core.secret.Sha256Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Clients that have really authenticated: nobody else can make one. */
public final class Proofs {
  static final String SECRET = "s3cr:t+ü%";

  private static final SettableClock CLOCK = new SettableClock();

  private Proofs() {}

  static Form clientCredentials() {
    return Form.of("grant_type", "client_credentials");
  }

  /** By {@code client_secret_basic}. */
  public static AuthenticatedClient basic(String id) {
    IdAndSecret credentials = new IdAndSecret(id, Secret.of(SECRET));
    return proof(
        confidential(id, "client_secret_basic"),
        new AuthorizationHeader.Basic(List.of(credentials)),
        clientCredentials());
  }

  /** The same, with a secret named 2026 that expires. */
  public static AuthenticatedClient expiring(String id, Instant expiresAt) {
    IdAndSecret credentials = new IdAndSecret(id, Secret.of(SECRET));
    return proof(
        client(id, "client_secret_basic", Optional.of(expiresAt), "2026"),
        new AuthorizationHeader.Basic(List.of(credentials)),
        clientCredentials());
  }

  /** By {@code client_secret_post}. */
  static AuthenticatedClient post(String id) {
    return proof(
        confidential(id, "client_secret_post"),
        new AuthorizationHeader.Absent(),
        Form.of("grant_type", "client_credentials", "client_id", id, "client_secret", SECRET));
  }

  /** A public client, which only says who it is. */
  public static AuthenticatedClient none(String id) {
    return proof(
        Client.withId(id)
            .authenticationMethod("none")
            .grantTypes("authorization_code")
            .redirectUris("https://app.example/cb")
            .build(),
        new AuthorizationHeader.Absent(),
        Form.of("grant_type", "authorization_code", "client_id", id, "code", "c"));
  }

  private static Client confidential(String id, String method) {
    return client(id, method, Optional.empty(), "");
  }

  private static Client client(
      String id, String method, Optional<Instant> expiresAt, String secretName) {
    String hash = Sha256Secrets.hash(Secret.of(SECRET));
    return Client.withId(id)
        .authenticationMethod(method)
        .grantTypes("client_credentials")
        .secret(
            new ClientSecret(new Sha256Secrets().read(hash).orElseThrow(), expiresAt, secretName))
        .build();
  }

  private static AuthenticatedClient proof(Client client, AuthorizationHeader header, Form form) {
    var types = List.of(ClientCredentialsGrant.TYPE, AuthorizationCodeGrant.TYPE);
    List<ClientAuthenticationMethod> methods =
        List.of(new ClientSecretBasic(), new ClientSecretPost(), new PublicClient());
    ClientAuthenticator authenticator =
        new ClientAuthenticator(
            methods,
            new MemoryClients(List.of(client), 1),
            new FailureLimiter(30, CLOCK, 1),
            CLOCK);
    return passed(
        new RequestGuard(authenticator, new RequestParser(types, methods), types)
            .check(new TokenRequest(header, form, "192.0.2.7", ResourceOwners.none())));
  }
}
