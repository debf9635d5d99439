package dev.postern.it.cluster;

import static dev.postern.it.cluster.ShopClient.AS_BATCH;
import static dev.postern.it.cluster.ShopClient.AS_PORTAL;
import static dev.postern.it.cluster.ShopClient.assertInvalidGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Container;
import dev.postern.it.Containers;
import dev.postern.it.Deployment;
import dev.postern.it.RawHttp;
import dev.postern.it.Realm;
import dev.postern.it.Webapp;
import dev.postern.it.database.Database;
import dev.postern.it.database.Databases;
import dev.postern.it.database.Dump;
import dev.postern.it.database.Pool;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Whoever has the database has no token, code, secret or verifier")
final class DumpIT {
  private final Canaries canaries = new Canaries();

  @ParameterizedTest
  @EnumSource
  @DisplayName("every column of every table, after all grants, their repeats and their refusals")
  void all_tables(Databases databases) throws SQLException {
    Database database = databases.create();
    try (Pool pool = database.pool(4);
        Webapp webapp =
            ShopApp.shared().with("passwordGrant", "true").with("adminRole", Realm.ROLE).explode();
        Container server =
            Containers.jetty()
                .start(Deployment.of(webapp).binding("jdbc/postern", pool.source()))) {
      allGrants(RawHttp.to(server));
      hostile(RawHttp.to(server));
      // What this node has not told yet it tells now.
      assertThat(ShopClient.traces(RawHttp.to(server), "").text())
          .contains("all servers that share");

      Dump dump = Dump.of(database);

      assertThat(canaries.count()).isGreaterThan(30);
      assertThat(dump.values())
          .extracting(Dump.Value::place)
          .contains(
              "postern_code.code_hash",
              "postern_code.challenge",
              "postern_family.current_hash",
              "postern_family.answer",
              "postern_access_token.token_hash",
              "postern_trace.trace_id",
              "postern_trace.client_id",
              "postern_trace.detail");
      assertThat(canaries.seenIn(dump)).isEmpty();
    }
  }

  @Test
  @DisplayName("the search finds what is there, in each form")
  void the_search() throws SQLException {
    Database database = Databases.H2.create();
    String token = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    canaries.add("token", token);
    database.execute("CREATE TABLE kept (plain VARCHAR(200), hex VARCHAR(200), octets BINARY(32))");
    database.execute(
        "INSERT INTO kept VALUES ('x"
            + token
            + "', '"
            + HexFormat.of().formatHex(token.getBytes(StandardCharsets.US_ASCII))
            + "', X'"
            + HexFormat.of().formatHex(Base64.getUrlDecoder().decode(token))
            + "')");

    assertThat(canaries.seenIn(Dump.of(database)))
        .contains(
            "kept.plain has a token",
            "kept.hex has a token in hex",
            "kept.octets has a token, decoded");
  }

  private void allGrants(RawHttp http) {
    canaries.add("secret", ShopApp.SHOP_SECRET);
    canaries.add("secret", ShopApp.BATCH_SECRET);
    canaries.add("secret", ShopApp.PORTAL_SECRET);
    canaries.add("password", Realm.PASSWORD);
    canaries.add("verifier", ShopClient.PKCE.verifier());
    canaries.add("code", ShopClient.code(http));

    Tokens spent = redeemed(http);
    assertInvalidGrant(ShopClient.redeem(http, newCode(http) + "x"));
    String twice = newCode(http);
    keep(ShopClient.redeem(http, twice));
    assertInvalidGrant(ShopClient.redeem(http, twice));

    // In its grace; over its grace; reused.
    Tokens inGrace = redeemed(http);
    keep(ShopClient.refresh(http, inGrace.refresh()));
    keep(ShopClient.refresh(http, inGrace.refresh()));
    Tokens next = keep(ShopClient.refresh(http, spent.refresh()));
    keep(ShopClient.refresh(http, next.refresh()));
    Tokens first = redeemed(http);
    keep(ShopClient.refresh(http, keep(ShopClient.refresh(http, first.refresh())).refresh()));
    assertInvalidGrant(ShopClient.refresh(http, first.refresh()));

    keep(ShopClient.token(http, "grant_type=client_credentials", AS_BATCH));
    keep(
        ShopClient.token(
            http,
            "grant_type=password&username=" + Realm.USER + "&password=" + Realm.PASSWORD,
            AS_PORTAL));
    for (int i = 0; i < 3; i++) {
      String wrong = "kX7-cluster-wrong-secret-000" + i;
      canaries.add("wrong secret", wrong);
      Answer refused =
          ShopClient.token(
              http, "grant_type=client_credentials", ShopClient.basic(ShopApp.BATCH, wrong));
      assertThat(refused.status()).isEqualTo(401);
    }
  }

  /** Credentials in the wrong places, and nearly right. */
  private void hostile(RawHttp http) {
    String secret = ShopApp.BATCH_SECRET;
    String near = ShopClient.basic(ShopApp.BATCH, secret + " ");
    assertThat(ShopClient.token(http, "grant_type=client_credentials", near).status())
        .isEqualTo(401);
    for (String field :
        List.of(
            "client_secret", "code", "refresh_token", "code_verifier", "password", "assertion")) {
      String value = "kX7-misplaced-credential-" + field;
      canaries.add(field, value);
      String form = "client_id=nobody&grant_type=" + value + "&" + field + "=" + value;
      assertThat(ShopClient.token(http, form, "X-None: 1").status()).isEqualTo(400);
      assertThat(ShopClient.token(http, form + "&" + field + "=" + value, near).status())
          .isBetween(400, 401);
    }
    String bearer = "kX7-misplaced-credential-bearer";
    canaries.add("bearer", bearer);
    ShopClient.token(http, "grant_type=x", "Authorization: Bearer " + bearer);
  }

  private String newCode(RawHttp http) {
    String code = ShopClient.code(http);
    canaries.add("code", code);
    return code;
  }

  private Tokens redeemed(RawHttp http) {
    return keep(ShopClient.redeem(http, newCode(http)));
  }

  private Tokens keep(Answer answer) {
    Tokens tokens = Tokens.in(answer);
    canaries.add("access token", tokens.access());
    if (!tokens.refresh().isEmpty()) {
      canaries.addRefreshToken(tokens.refresh());
    }
    return tokens;
  }
}
