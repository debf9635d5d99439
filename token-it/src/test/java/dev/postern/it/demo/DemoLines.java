package dev.postern.it.demo;

import dev.postern.it.Container;
import dev.postern.it.Realm;
import java.io.PrintStream;
import java.util.List;

/** What the demo prints once it serves. */
final class DemoLines {
  private final PrintStream out;
  private final String application;
  private final String token;
  private final List<Container> nodes;

  private DemoLines(PrintStream out, List<Container> nodes) {
    Container server = nodes.get(0);
    this.out = out;
    this.nodes = nodes;
    this.application = server.uri().toString();
    this.token = application + "/oauth/token";
  }

  /** Prints what is served, and lines to paste into a shell: those that start with two spaces. */
  static void print(PrintStream out, List<Container> nodes, DemoState made) {
    DemoLines lines = new DemoLines(out, nodes);
    lines.served(nodes.get(0).name());
    lines.granted(made);
    lines.refused(made);
    if (nodes.size() > 1) {
      lines.shared();
    }
    out.println();
    out.println("Each refusal writes a line below. Ctrl-C ends the demo.");
  }

  private void served(String container) {
    say("Postern's sample WAR on " + container + ": " + application);
    out.println(
        """

        GET  /                   in a browser: a client that walks from login to revocation; %s, password %s
        POST /oauth/token        the token endpoint: a filter in web.xml; authorize, introspect, revoke beside it
        GET  /approve            a page of the application's own that gives out codes
        GET  /orders             for clients with an access token of scope orders.read
        POST /logout-everywhere  takes back all tokens of the user who is logged in

        client  authenticates with   secret                                       may use
        batch   client_secret_basic  %s  client_credentials
        shop    client_secret_post   %s  authorization_code, refresh_token
        spa     nothing: it is public, so its codes need PKCE                     authorization_code, refresh_token"""
            .formatted(
                Realm.USER, Realm.PASSWORD, DemoClients.BATCH_SECRET, DemoClients.SHOP_SECRET));
  }

  private void granted(DemoState made) {
    String batch = "-u batch:" + DemoClients.BATCH_SECRET + " -d grant_type=client_credentials ";
    say("\nA token for a client's own doings (RFC 6749 s4.4):");
    paste("curl -i " + batch + token);
    say(
        "\nA code that alice gave spa a moment ago, good for ten minutes, and its verifier (s4.1.3):");
    paste("curl -i " + redemption(made, made.code()) + token);
    say(
        "\nA refresh (s6). The same once more within a minute: the same tokens, in case they got lost:");
    paste(
        "curl -i -d grant_type=refresh_token -d refresh_token="
            + made.refreshToken()
            + " -d client_id=shop -d client_secret="
            + DemoClients.SHOP_SECRET
            + " "
            + token);
    say("\nWhat a token is for:");
    paste(
        "TOKEN=$(curl -s "
            + batch
            + token
            + " | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')");
    paste("curl -i -H \"Authorization: Bearer $TOKEN\" " + application + "/orders");
  }

  private void refused(DemoState made) {
    say(
        "\nRefused: a wrong secret. The log says SECRET_MISMATCH; an unknown client gets the same answer:");
    paste("curl -i -u batch:guess -d grant_type=client_credentials " + token);
    say(
        "\nRefused: a parameter in the query. The log says PARAMETER_IN_QUERY, and so does the answer:");
    paste(
        "curl -i -u batch:"
            + DemoClients.BATCH_SECRET
            + " -d grant_type=client_credentials '"
            + token
            + "?scope=orders.read'");
    say("\nRefused: a code that was used. The log says CODE_SPENT; what came of it is revoked:");
    paste("curl -i " + redemption(made, made.spentCode()) + token);
  }

  /** A user who says yes at one node, and a client that redeems the code at the other. */
  private void shared() {
    String other = nodes.get(1).uri().toString();
    String user = "-u " + Realm.USER + ":" + Realm.PASSWORD + " ";
    String jar = "\"${TMPDIR:-/tmp}/postern-demo-cookies\" ";
    String asked = " -d client_id=shop -d redirect_uri=" + DemoClients.SHOP_REDIRECT_URI + " ";
    say("\nThe other node, " + other + ", shares a PostgreSQL with this one.");
    say("Alice says yes here, and shop redeems the code there:");
    paste(
        "ASKED=$(curl -s -c "
            + jar
            + user
            + application
            + "/approve -G"
            + asked
            + "| sed 's/.*name=approve value=\"\\([^\"]*\\)\".*/\\1/')");
    paste(
        "CODE=$(curl -s -i -b "
            + jar
            + user
            + application
            + "/approve -d approve=$ASKED"
            + asked
            + "| sed -n 's/^Location: .*[?&]code=\\([A-Za-z0-9_-]*\\).*/\\1/p')");
    paste(
        "curl -i -d grant_type=authorization_code -d code=$CODE"
            + asked
            + "-d client_secret="
            + DemoClients.SHOP_SECRET
            + " "
            + other
            + "/oauth/token");
    say("The same line once more is refused, and so it would be here: the code is spent on both.");
  }

  private static String redemption(DemoState made, String code) {
    return "-d grant_type=authorization_code -d code="
        + code
        + " -d redirect_uri="
        + DemoClients.SPA_REDIRECT_URI
        + " -d client_id=spa -d code_verifier="
        + made.pkce().verifier()
        + " ";
  }

  private void say(String line) {
    out.println(line);
  }

  private void paste(String command) {
    out.println("  " + command);
  }
}
