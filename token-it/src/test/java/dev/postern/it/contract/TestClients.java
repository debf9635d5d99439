package dev.postern.it.contract;

import dev.postern.core.Secret;
import dev.postern.core.secret.Sha256Secrets;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Registered clients, and the file that registers them. */
final class TestClients {
  /** {@code client_credentials} by Basic. */
  static final String BATCH = "batch";

  static final String BATCH_SECRET = "kX7-batch-generated-secret-0001";

  /** {@code client_credentials} by the body. */
  static final String POSTER = "poster";

  static final String POSTER_SECRET = "kX7-poster-generated-secret-0002";

  /** Codes and refresh tokens, confidential, one redirect URI. */
  static final String SHOP = "shop";

  static final String SHOP_SECRET = "kX7-shop-generated-secret-0003";
  static final String SHOP_URI = "https://shop.example/cb?from=login";

  /** As {@link #SHOP}, another one, with two redirect URIs. */
  static final String OTHER = "other";

  static final String OTHER_SECRET = "kX7-other-generated-secret-0004";
  static final String OTHER_URI = "https://other.example/cb";
  static final String OTHER_URI_2 = "https://other.example/cb2";

  /** Everything, as in the examples of RFC 6749. */
  static final String RFC = "s6BhdRkqt3";

  static final String RFC_URI = "https://client.example.com/cb";

  /** Codes and refresh tokens, public. */
  static final String APP = "app";

  static final String APP_URI = "com.example.app:/cb";

  /** Codes and refresh tokens, public, may use plain challenges. */
  static final String OLD_APP = "old-app";

  /** Codes alone. */
  static final String CODE_ONLY = "code-only";

  static final String CODE_ONLY_SECRET = "kX7-code-only-generated-secret-0005";

  /** Passwords and refresh tokens. */
  static final String PORTAL = "portal";

  static final String PORTAL_SECRET = "kX7-portal-generated-secret-0006";

  /** Two secrets that are active, one that has expired. */
  static final String ROTATING = "rotating";

  static final String ROTATING_OLD = "kX7-rotating-generated-secret-old";
  static final String ROTATING_NEW = "kX7-rotating-generated-secret-new";
  static final String ROTATING_EXPIRED = "kX7-rotating-generated-secret-expired";

  /** Switched off. */
  static final String DISABLED = "disabled";

  static final String DISABLED_SECRET = "kX7-disabled-generated-secret-0007";

  /** A secret that a person chose, in PBKDF2. */
  static final String HUMAN = "human";

  static final String HUMAN_SECRET = "correct horse battery staple";

  /** A secret that a person chose, in bcrypt. */
  static final String BCRYPT = "bcrypt";

  static final String BCRYPT_SECRET = "human chosen horse";

  /** Ids and secrets that are other texts when they are form-encoded. */
  static final String COLON = "co:lon";

  static final String COLON_SECRET = "kX7:colons:in:the:secret:0010";
  static final String PLUS = "plus+id";
  static final String PLUS_SECRET = "kX7+plus and space & more = 0011";
  static final String PERCENT = "per%2Bcent";
  static final String PERCENT_SECRET = "kX7%41%zz% percent 0012";
  static final String ACCENT = "caf\u00E9";
  static final String ACCENT_SECRET = "kX7-geheim-\u20AC-\uD83D\uDE00-0013";

  /** Codes, without a question for consent. */
  static final String OWN = "own";

  static final String OWN_SECRET = "kX7-own-generated-secret-0015";
  static final String OWN_URI = "https://own.example/cb";

  /** Codes, public, on loopback. */
  static final String NATIVE = "native";

  /** A secret that shares its first 72 octets with others. */
  static final String LONG = "long";

  static final String LONG_SECRET = "kX7-" + "long-secret-".repeat(8) + "0014";

  /** A resource server: introspects, and asks for no tokens. */
  static final String API = "orders-api";

  static final String API_SECRET = "kX7-orders-api-generated-secret-0015";

  private final List<JsonObjectBuilder> clients = new ArrayList<>();

  private TestClients() {}

  static TestClients none() {
    return new TestClients();
  }

  /** All that the tests of the endpoint use, without those whose hashes are slow. */
  static TestClients all() {
    return none()
        .confidential(BATCH, BATCH_SECRET, "orders.read orders.write", "client_credentials")
        .with(
            POSTER,
            "client_secret_post",
            "client_credentials",
            client -> client.add("scope", "orders.read").add("secrets", secrets(POSTER_SECRET)))
        .with(SHOP, "client_secret_basic", CODES, shop(SHOP_SECRET, SHOP_URI))
        .with(OTHER, "client_secret_basic", CODES, shop(OTHER_SECRET, OTHER_URI, OTHER_URI_2))
        .with(
            APP,
            "none",
            "authorization_code refresh_token",
            client -> client.add("scope", "profile email").add("redirect_uris", strings(APP_URI)))
        .with(
            OLD_APP,
            "none",
            "authorization_code refresh_token",
            client ->
                client
                    .add("scope", "profile email")
                    .add("redirect_uris", strings(APP_URI))
                    .add("code_challenge_methods", strings("S256", "plain")))
        .with(
            CODE_ONLY,
            "client_secret_basic",
            "authorization_code",
            shop(CODE_ONLY_SECRET, OTHER_URI))
        .confidential(PORTAL, PORTAL_SECRET, "orders.read", "password refresh_token")
        .with(
            ROTATING,
            "client_secret_basic",
            "client_credentials",
            client ->
                client.add(
                    "secrets",
                    Json.createArrayBuilder()
                        .add(secret(ROTATING_EXPIRED).add("expires_at", "2026-01-01T00:00:00Z"))
                        .add(secret(ROTATING_OLD).add("expires_at", "2126-01-01T00:00:00Z"))
                        .add(secret(ROTATING_NEW).add("name", "the new one"))))
        .with(
            DISABLED,
            "client_secret_basic",
            "client_credentials",
            client -> client.add("secrets", secrets(DISABLED_SECRET)).add("disabled", true))
        .with(
            "msal",
            "client_secret_basic",
            "client_credentials",
            client ->
                client
                    .add("scope", "orders.read")
                    .add("ignored_scopes", strings("openid", "profile", "offline_access"))
                    .add("secrets", secrets("kX7-msal-generated-secret-0008")))
        .confidential("no-scope", "kX7-no-scope-generated-secret-0009", "", "client_credentials")
        .confidential(COLON, COLON_SECRET, "", "client_credentials")
        .confidential(PLUS, PLUS_SECRET, "", "client_credentials")
        .confidential(PERCENT, PERCENT_SECRET, "", "client_credentials")
        .confidential(ACCENT, ACCENT_SECRET, "", "client_credentials")
        .with(
            OWN,
            "client_secret_basic",
            CODES,
            client ->
                client
                    .add("client_name", "Our own")
                    .add("skip_consent", true)
                    .add("scope", "profile")
                    .add("redirect_uris", strings(OWN_URI))
                    .add("secrets", secrets(OWN_SECRET)))
        .with(
            NATIVE,
            "none",
            "authorization_code refresh_token",
            client ->
                client.add("scope", "profile").add("redirect_uris", strings("http://127.0.0.1/cb")))
        .confidential(LONG, LONG_SECRET, "", "client_credentials")
        .resourceServer(API, API_SECRET);
  }

  /** The client of the examples of RFC 6749, and of our pages. */
  static TestClients ofTheRfc() {
    return none()
        .with(
            RFC,
            "client_secret_basic",
            "client_credentials " + CODES,
            client ->
                client
                    .add("scope", "orders.read orders.write")
                    .add("redirect_uris", strings(RFC_URI))
                    .add("secrets", secrets("gX1fBat3bV")))
        .resourceServer(API, "gX1fBat3bV");
  }

  static final String CODES = "authorization_code refresh_token";

  TestClients confidential(String id, String secret, String scope, String grantTypes) {
    return with(
        id,
        "client_secret_basic",
        grantTypes,
        client -> {
          client.add("secrets", secrets(secret));
          if (!scope.isEmpty()) {
            client.add("scope", scope);
          }
        });
  }

  TestClients resourceServer(String id, String secret) {
    clients.add(
        Json.createObjectBuilder()
            .add("client_id", id)
            .add("introspection", true)
            .add("secrets", secrets(secret)));
    return this;
  }

  TestClients slow() {
    return with(
            HUMAN,
            "client_secret_basic",
            "client_credentials",
            client -> client.add("secrets", hashes(pbkdf2(HUMAN_SECRET))))
        .with(
            BCRYPT,
            "client_secret_basic",
            "client_credentials",
            client ->
                client.add(
                    "secrets",
                    hashes("$2b$10$abcdefghijklmnopqrstuu26wZtvT6wAN1ri5H4takCc.zBDtXpCK")));
  }

  TestClients with(String id, String method, String grantTypes, Consumer<JsonObjectBuilder> more) {
    JsonObjectBuilder client =
        Json.createObjectBuilder()
            .add("client_id", id)
            .add("token_endpoint_auth_method", method)
            .add("grant_types", strings(grantTypes.split(" ")));
    more.accept(client);
    clients.add(client);
    return this;
  }

  /** The file. */
  String json() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    clients.forEach(all::add);
    return Json.createObjectBuilder().add("clients", all).build().toString();
  }

  static JsonArrayBuilder secrets(String... secrets) {
    JsonArrayBuilder entries = Json.createArrayBuilder();
    for (String secret : secrets) {
      entries.add(secret(secret));
    }
    return entries;
  }

  static JsonArrayBuilder strings(String... texts) {
    return Json.createArrayBuilder(List.of(texts));
  }

  private static JsonObjectBuilder secret(String secret) {
    return Json.createObjectBuilder().add("hash", Sha256Secrets.hash(Secret.of(secret)));
  }

  static JsonArrayBuilder hashes(String hash) {
    return Json.createArrayBuilder().add(Json.createObjectBuilder().add("hash", hash));
  }

  private static Consumer<JsonObjectBuilder> shop(String secret, String... uris) {
    return client ->
        client
            .add("scope", "profile email orders.read")
            .add("redirect_uris", strings(uris))
            .add("secrets", secrets(secret));
  }

  /** With the fewest iterations that are allowed: the tests check many. */
  private static String pbkdf2(String secret) {
    byte[] salt = "sixteen octets!!".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, 100_000, 256))
              .getEncoded();
      Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
      return "$pbkdf2-sha256$i=100000$"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
