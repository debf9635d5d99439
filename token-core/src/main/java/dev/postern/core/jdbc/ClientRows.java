package dev.postern.core.jdbc;

import dev.postern.core.Client;
import dev.postern.core.ClientSecret;
import dev.postern.core.Scope;
import dev.postern.core.Sha256;
import dev.postern.core.secret.SecretFormats;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes clients of rows. A row that makes no sense concerns its own client alone, which is left
 * out. Thread-safe.
 */
final class ClientRows {
  private final SecretFormats formats;
  private final Set<String> methods;
  private final Set<String> grantTypes;

  /**
   * Reads rows.
   *
   * @param methods the client authentication methods that there are
   * @param grantTypes the grant types that there are; empty when any will do
   */
  ClientRows(SecretFormats formats, Set<String> methods, Set<String> grantTypes) {
    this.formats = formats;
    this.methods = Set.copyOf(methods);
    this.grantTypes = Set.copyOf(grantTypes);
  }

  /**
   * What the tables say.
   *
   * @param clients those that make sense
   * @param problems what is wrong with the others, in sentences
   * @param digest a number that only who can read the tables can know
   */
  record Read(List<Client> clients, List<String> problems, long digest) {}

  Read read(Session session) throws SQLException {
    Map<String, List<SecretRow>> secrets = new HashMap<>();
    StringBuilder hashes = new StringBuilder();
    for (SecretRow row : session.all(Sql.ALL_SECRETS, ClientRows::secret)) {
      secrets.computeIfAbsent(row.clientId(), id -> new ArrayList<>()).add(row);
      hashes.append(row.hash());
    }
    List<Client> clients = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (ClientRow row : session.all(Sql.ALL_CLIENTS, ClientRows::client)) {
      try {
        clients.add(client(row, secrets.getOrDefault(row.id(), List.of())));
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?"));
      }
    }
    byte[] digest = Sha256.of(hashes.toString().getBytes(StandardCharsets.UTF_8));
    return new Read(clients, problems, ByteBuffer.wrap(digest).getLong());
  }

  private Client client(ClientRow row, List<SecretRow> secrets) {
    String place = "client " + row.id() + ": ";
    if (!methods.contains(row.method())) {
      throw new IllegalArgumentException(
          place + "token_endpoint_auth_method " + row.method() + " is none of " + sorted(methods));
    }
    for (String type : row.grantTypes()) {
      if (!grantTypes.isEmpty() && !grantTypes.contains(type)) {
        throw new IllegalArgumentException(
            place + "grant type " + type + " is none of " + sorted(grantTypes));
      }
    }
    Client.Builder client =
        Client.withId(row.id())
            .name(row.name())
            .authenticationMethod(row.method())
            .grantTypes(row.grantTypes().toArray(String[]::new))
            .scope(scope(place, row.scope()))
            .ignoredScope(scope(place, row.ignoredScopes()))
            .redirectUris(row.redirectUris().toArray(String[]::new))
            .plainChallengeAllowed(row.isPlainChallengeAllowed())
            .introspectionAllowed(row.isIntrospectionAllowed())
            .consentSkipped(row.isConsentSkipped())
            .disabled(row.isDisabled());
    for (SecretRow secret : secrets) {
      client.secret(secret(place, secret));
    }
    return client.build();
  }

  private ClientSecret secret(String place, SecretRow row) {
    try {
      Optional<Instant> expiresAt =
          row.expiresAt().isEmpty()
              ? Optional.empty()
              : Optional.of(Instant.parse(row.expiresAt()));
      return new ClientSecret(formats.read(row.hash()), expiresAt, row.name());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          place + "secret " + row.name() + ": expires_at is not like 2027-01-01T00:00:00Z", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          place + "secret " + row.name() + ": hash: " + e.getMessage(), e);
    }
  }

  private static Scope scope(String place, String text) {
    try {
      return Scope.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          place + "a scope is not scope-tokens with one space between them", e);
    }
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static ClientRow client(ResultSet row) throws SQLException {
    return new ClientRow(
        row.getString("client_id"),
        text(row, "client_name"),
        text(row, "token_endpoint_auth_method"),
        words(row, "grant_types"),
        text(row, "scope"),
        text(row, "ignored_scopes"),
        words(row, "redirect_uris"),
        row.getBoolean("plain_challenge_allowed"),
        row.getBoolean("introspection"),
        row.getBoolean("skip_consent"),
        row.getBoolean("disabled"));
  }

  private static SecretRow secret(ResultSet row) throws SQLException {
    return new SecretRow(
        row.getString("client_id"),
        row.getString("name"),
        text(row, "hash").strip(),
        text(row, "expires_at").strip());
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).orElse("");
  }

  private static List<String> words(ResultSet row, String column) throws SQLException {
    String text = text(row, column).strip();
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
  }

  private record ClientRow(
      String id,
      String name,
      String method,
      List<String> grantTypes,
      String scope,
      String ignoredScopes,
      List<String> redirectUris,
      boolean isPlainChallengeAllowed,
      boolean isIntrospectionAllowed,
      boolean isConsentSkipped,
      boolean isDisabled) {}

  private record SecretRow(String clientId, String name, String hash, String expiresAt) {
    @Override
    public String toString() {
      return "SecretRow " + name;
    }
  }
}
