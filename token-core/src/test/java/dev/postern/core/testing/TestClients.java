package dev.postern.core.testing;

import dev.postern.core.Client;
import dev.postern.core.ClientSecret;
import dev.postern.core.Scope;
import dev.postern.core.Secret;
import dev.postern.core.SecretHash;
import dev.postern.core.secret.Sha256Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The clients that the tests know. */
public final class TestClients {
  /** A confidential client that acts for itself, with {@code client_secret_basic}. */
  public static final String BATCH = "batch";

  public static final String BATCH_SECRET = "batch-secret-0123456789-0123456789-01234567";

  /** The same with {@code client_secret_post}. */
  public static final String POSTER = "poster";

  public static final String POSTER_SECRET = "poster-secret-0123456789-0123456789-0123456";

  /** A confidential web application: codes, refresh tokens, passwords. */
  public static final String SHOP = "shop";

  public static final String SHOP_SECRET = "shop-secret-0123456789-0123456789-012345678";
  public static final String SHOP_URI = "https://shop.example/callback";

  /** Another one like it. */
  public static final String RIVAL = "rival";

  public static final String RIVAL_SECRET = "rival-secret-0123456789-0123456789-01234567";
  public static final String RIVAL_URI = "https://rival.example/callback";

  /** A public client: an app on a phone. */
  public static final String APP = "app";

  public static final String APP_URI = "com.example.app:/callback";

  /** A confidential client that takes codes but no refresh tokens. */
  public static final String KIOSK = "kiosk";

  public static final String KIOSK_SECRET = "kiosk-secret-0123456789-0123456789-01234567";
  public static final String KIOSK_URI = "https://kiosk.example/callback";

  /** A resource server: introspects, and takes no tokens of its own. */
  public static final String API = "orders-api";

  public static final String API_SECRET = "api-secret-0123456789-0123456789-0123456789";

  private TestClients() {}

  public static List<Client> all() {
    return List.of(
        batch().build(),
        poster().build(),
        shop().build(),
        rival().build(),
        app().build(),
        kiosk().build(),
        api().build());
  }

  public static Client.Builder batch() {
    return Client.withId(BATCH)
        .name("Nightly batch")
        .secret(secret(BATCH_SECRET))
        .grantTypes("client_credentials")
        .scope(Scope.of("orders.read orders.write"));
  }

  public static Client.Builder poster() {
    return Client.withId(POSTER)
        .authenticationMethod("client_secret_post")
        .secret(secret(POSTER_SECRET))
        .grantTypes("client_credentials")
        .scope(Scope.of("orders.read"));
  }

  public static Client.Builder shop() {
    return Client.withId(SHOP)
        .secret(secret(SHOP_SECRET))
        .grantTypes("authorization_code", "refresh_token", "password")
        .redirectUris(SHOP_URI, "https://shop.example/other")
        .scope(Scope.of("profile orders.read orders.write"));
  }

  public static Client.Builder rival() {
    return Client.withId(RIVAL)
        .secret(secret(RIVAL_SECRET))
        .grantTypes("authorization_code", "refresh_token", "password")
        .redirectUris(RIVAL_URI)
        .scope(Scope.of("profile orders.read orders.write"));
  }

  public static Client.Builder app() {
    return Client.withId(APP)
        .authenticationMethod(Client.PUBLIC)
        .grantTypes("authorization_code", "refresh_token")
        .redirectUris(APP_URI)
        .scope(Scope.of("profile orders.read"));
  }

  public static Client.Builder kiosk() {
    return Client.withId(KIOSK)
        .secret(secret(KIOSK_SECRET))
        .grantTypes("authorization_code")
        .redirectUris(KIOSK_URI)
        .scope(Scope.of("profile"));
  }

  public static Client.Builder api() {
    return Client.withId(API).secret(secret(API_SECRET)).introspectionAllowed(true);
  }

  /** A generated secret that never expires. */
  public static ClientSecret secret(String text) {
    return secret(new Sha256Secrets().read(Sha256Secrets.hash(Secret.of(text))).orElseThrow());
  }

  public static ClientSecret secret(SecretHash hash) {
    return new ClientSecret(hash, Optional.empty(), "");
  }

  public static ClientSecret secretUntil(String text, Instant expiresAt) {
    return new ClientSecret(secret(text).hash(), Optional.of(expiresAt), "");
  }
}
