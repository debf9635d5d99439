package dev.postern.it.clients;

import dev.postern.core.Secret;
import dev.postern.core.secret.Pbkdf2Secrets;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.it.Browser;
import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.Deployment;
import dev.postern.it.RawHttp;
import dev.postern.it.Webapp;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** The sample WAR on Jetty, with more clients than it has of its own. */
final class SampleServer implements AutoCloseable {
  /** Registered for {@code client_credentials} and both grants of a code, by Basic. */
  static final String BASIC = "basic";

  /** As {@link #BASIC}, by {@code client_secret_post}. */
  static final String POST = "post";

  /** The secret of {@link #BASIC} and {@link #POST}. */
  static final String SECRET = "w35YeG6KtVEdjy4l7iTtzGGW-Zyo5QDeYGjKLuH0G2Q";

  /** A public client. */
  static final String PUBLIC = "spa";

  /** An id that means another when it is sent raw and form-decoded, and the other way round. */
  static final String AWKWARD_BASIC = "Zürich + 100%41";

  static final String AWKWARD_POST = AWKWARD_BASIC + " post";

  /** The same with a colon, which cuts an id in two when it is sent raw. */
  static final String COLON_BASIC = "urn:" + AWKWARD_BASIC;

  /** One that cannot be form-decoded. */
  static final String PERCENT_BASIC = "100 %";

  /** The secret of the awkward ones. */
  static final String AWKWARD_SECRET = ":s3cr:t+ %2Bé€";

  static final String SCOPE = "orders.read";

  /** A resource server. */
  static final String API = "orders-api";

  static final String REDIRECT_URI = "https://app.example/callback";
  static final String PUBLIC_REDIRECT_URI = "https://spa.example/callback";
  static final String WRONG = "wrong";

  private final Webapp webapp;
  private final Container container;

  private SampleServer(Webapp webapp, Container container) {
    this.webapp = webapp;
    this.container = container;
  }

  static SampleServer start() throws IOException {
    Path folder = Webapp.sample().folder().resolve("WEB-INF");
    Webapp webapp =
        Webapp.of(Files.readString(folder.resolve("web.xml")))
            .with(
                "WEB-INF/clients.json", clients(Files.readString(folder.resolve("clients.json"))));
    int port = freePort();
    Deployment deployment =
        Deployment.of(webapp)
            .onPort(port)
            .with(Map.of("postern.issuer", "http://127.0.0.1:" + port + "/oauth"));
    return new SampleServer(webapp, Containers.jetty().start(deployment));
  }

  /** Just now; its metadata have to name it before it starts. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What the metadata are found by. */
  URI issuer() {
    return URI.create(container.uri() + "/oauth");
  }

  /** What wants an access token. */
  URI resource() {
    return URI.create(container.uri() + "/orders");
  }

  /** Another path below the filter's mapping. */
  URI oauth(String path) {
    return URI.create(container.uri() + "/oauth/" + path);
  }

  /** The token endpoint. */
  URI token() {
    return URI.create(container.uri() + "/oauth/token");
  }

  /** Where a client sends the browser. */
  URI authorize() {
    return URI.create(container.uri() + "/oauth/authorize");
  }

  /**
   * alice goes where the client sends her, and says yes.
   *
   * @return where she is sent then
   */
  String approve(String authorizationUri) {
    return Browser.at(container).allow(URI.create(authorizationUri));
  }

  /** The code that comes of it. */
  String code(String authorizationUri) {
    return Browser.query(approve(authorizationUri)).get("code");
  }

  /** A code that was asked for without PKCE. */
  String codeWithoutChallenge(String clientId) {
    return Browser.at(container)
        .code(Map.of("client_id", clientId, "redirect_uri", REDIRECT_URI, "scope", SCOPE));
  }

  /** What the protected resource says to this token. */
  String orders(String accessToken) {
    return RawHttp.to(container)
        .send("GET", "/orders", "Authorization: Bearer " + accessToken)
        .text();
  }

  @Override
  public void close() {
    container.close();
    webapp.close();
  }

  private static String clients(String ofSample) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    try (JsonReader reader = Json.createReader(new StringReader(ofSample))) {
      reader.readObject().getJsonArray("clients").forEach(all::add);
    }
    String generated = Sha256Secrets.hash(Secret.of(SECRET)).toString();
    String chosen = Pbkdf2Secrets.hash(Secret.of(AWKWARD_SECRET), new SecureRandom()).toString();
    all.add(client(BASIC, "client_secret_basic", generated));
    all.add(client(POST, "client_secret_post", generated));
    all.add(client(AWKWARD_BASIC, "client_secret_basic", chosen));
    all.add(client(AWKWARD_POST, "client_secret_post", chosen));
    all.add(client(COLON_BASIC, "client_secret_basic", chosen));
    all.add(client(PERCENT_BASIC, "client_secret_basic", chosen));
    all.add(
        Json.createObjectBuilder()
            .add("client_id", API)
            .add("introspection", true)
            .add(
                "secrets",
                Json.createArrayBuilder().add(Json.createObjectBuilder().add("hash", generated))));
    return Json.createObjectBuilder().add("clients", all).build().toString();
  }

  private static JsonObject client(String id, String method, String hash) {
    return Json.createObjectBuilder()
        .add("client_id", id)
        .add("token_endpoint_auth_method", method)
        .add("secrets", Json.createArrayBuilder().add(Json.createObjectBuilder().add("hash", hash)))
        .add(
            "grant_types",
            Json.createArrayBuilder(
                List.of("client_credentials", "authorization_code", "refresh_token")))
        .add("redirect_uris", Json.createArrayBuilder().add(REDIRECT_URI))
        .add("scope", "orders.read orders.write")
        .build();
  }
}
