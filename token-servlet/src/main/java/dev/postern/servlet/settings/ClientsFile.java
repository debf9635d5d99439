package dev.postern.servlet.settings;

import dev.postern.core.Client;
import dev.postern.core.ClientSecret;
import dev.postern.core.Outcome;
import dev.postern.core.Scope;
import dev.postern.core.SecretHash;
import dev.postern.core.secret.SecretFormats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;

/**
 * Reads a file of clients: members named as in RFC 7591 s2, with {@code secrets}, {@code
 * ignored_scopes}, {@code code_challenge_methods}, {@code introspection}, {@code skip_consent} and
 * {@code disabled} of our own. All that is wrong in it is collected, so that it can be told at
 * once.
 */
public final class ClientsFile {
  private static final Set<String> CLIENT_MEMBERS =
      Set.of(
          "client_id",
          "client_name",
          "token_endpoint_auth_method",
          "secrets",
          "grant_types",
          "scope",
          "redirect_uris",
          "ignored_scopes",
          "code_challenge_methods",
          "introspection",
          "skip_consent",
          "disabled");
  private static final Set<String> SECRET_MEMBERS = Set.of("hash", "expires_at", "name");

  private final SecretFormats formats;
  private final Set<String> methods;
  private final Set<String> grantTypes;
  private final Instant now;

  private final List<Client> clients = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private ClientsFile(
      SecretFormats formats, Set<String> methods, Set<String> grantTypes, Instant now) {
    this.formats = formats;
    this.methods = methods;
    this.grantTypes = grantTypes;
    this.now = now;
  }

  /**
   * What {@code octets} say.
   *
   * @param methods the client authentication methods that there are
   * @param grantTypes the grant types that there are; empty when any will do
   */
  public static ClientsFile read(
      byte[] octets,
      SecretFormats formats,
      Set<String> methods,
      Set<String> grantTypes,
      Instant now) {
    ClientsFile file = new ClientsFile(formats, methods, grantTypes, now);
    if (octets.length == 0) {
      file.problems.add("the file is empty");
      return file;
    }
    try {
      file.file(json(octets));
    } catch (IllegalArgumentException e) {
      file.problems.add(String.valueOf(e.getMessage()));
    }
    return file;
  }

  private static Object json(byte[] octets) {
    try {
      return StrictJson.read(octets);
    } catch (NoClassDefFoundError | ServiceConfigurationError e) {
      // Then there is no JSON-B either, mostly, and that ends the start.
      throw new IllegalArgumentException("it takes JSON-P to read the file, and there is none", e);
    }
  }

  /** Those clients with which nothing is wrong. */
  public List<Client> clients() {
    return clients;
  }

  /** All that is wrong, in sentences; empty when nothing is. */
  public List<String> problems() {
    return problems;
  }

  private void file(Object root) {
    JsonMembers file = new JsonMembers("the file", root, Set.of("clients"), problems);
    if (!file.has("clients")) {
      file.problem("clients is missing");
    }
    int index = 0;
    for (Object element : file.list("clients")) {
      Optional<Client> client = client("clients[" + index++ + "]", element);
      if (client.isPresent()) {
        clients.add(client.get());
      }
    }
  }

  private Optional<Client> client(String where, Object element) {
    String id =
        element instanceof Map<?, ?> map && map.get("client_id") instanceof String text ? text : "";
    String place = id.isEmpty() ? where : where + " (" + id + ")";
    JsonMembers members = new JsonMembers(place, element, CLIENT_MEMBERS, problems);
    members.optionalString("client_id");
    if (!id.isEmpty() && !ids.add(id)) {
      problems.add("client_id " + id + " is used twice");
    }
    Client.Builder client =
        Client.withId(id)
            .name(members.string("client_name"))
            .scope(scope(members, members.string("scope"), "scope"))
            .ignoredScope(
                scope(
                    members, String.join(" ", members.strings("ignored_scopes")), "ignored_scopes"))
            .grantTypes(grantTypes(members))
            .redirectUris(members.strings("redirect_uris").toArray(new String[0]))
            .introspectionAllowed(members.flag("introspection"))
            .consentSkipped(members.flag("skip_consent"))
            .disabled(members.flag("disabled"));
    method(members, client);
    challengeMethods(members, client);
    secrets(members, client);
    for (String problem : client.problems()) {
      members.problem(problem);
    }
    return client.problems().isEmpty() ? Optional.of(client.build()) : Optional.empty();
  }

  private void method(JsonMembers members, Client.Builder client) {
    Optional<String> method = members.optionalString("token_endpoint_auth_method");
    if (method.isEmpty()) {
      return;
    }
    client.authenticationMethod(method.get());
    if (!methods.contains(method.get())) {
      members.problem(
          "token_endpoint_auth_method " + method.get() + " is none of " + sorted(methods));
    }
  }

  private String[] grantTypes(JsonMembers members) {
    List<String> types = members.strings("grant_types");
    for (String type : types) {
      if (!grantTypes.isEmpty() && !grantTypes.contains(type)) {
        members.problem("grant type " + type + " is none of " + sorted(grantTypes));
      }
    }
    return types.toArray(new String[0]);
  }

  private static void challengeMethods(JsonMembers members, Client.Builder client) {
    for (String method : members.strings("code_challenge_methods")) {
      if (method.equals("plain")) {
        client.plainChallengeAllowed(true);
      } else if (!method.equals("S256")) {
        members.problem("code_challenge_methods: " + method + " is neither S256 nor plain");
      }
    }
  }

  private void secrets(JsonMembers members, Client.Builder client) {
    int index = 0;
    int live = 0;
    for (Object element : members.list("secrets")) {
      JsonMembers entry =
          new JsonMembers(
              members.where() + " secrets[" + index++ + "]", element, SECRET_MEMBERS, problems);
      Optional<Instant> expiresAt = entry.instant("expires_at");
      Optional<SecretHash> hash = hash(entry);
      if (hash.isPresent()) {
        ClientSecret secret = new ClientSecret(hash.get(), expiresAt, entry.string("name"));
        client.secret(secret);
        live += secret.isLiveAt(now) ? 1 : 0;
      }
    }
    if (live > 2) {
      members.problem(live + " secrets are active; two may be, the old one and the new");
    }
  }

  private Optional<SecretHash> hash(JsonMembers entry) {
    String text = entry.string("hash");
    if (text.isEmpty()) {
      entry.problem("hash is missing");
      return Optional.empty();
    }
    try {
      return Optional.of(formats.read(text));
    } catch (IllegalArgumentException e) {
      entry.problem("hash: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Scope scope(JsonMembers members, String text, String name) {
    if (text.isEmpty()) {
      return Scope.EMPTY;
    }
    if (Scope.parse(text) instanceof Outcome.Passed<Scope> parsed) {
      return parsed.value();
    }
    members.problem(name + ": not scope-tokens with one space between them");
    return Scope.EMPTY;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
