package dev.postern.it.contract;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The requests that the pages of an application show, to be sent to it. */
final class PageExamples {
  private static final String CODE = "SplxlOBeZQQYbYS6WxSbIA";
  private static final String REFRESH_TOKEN = "tGzv3JOkF0XG5Qx2TlKWIA";
  private static final String ACCESS_TOKEN = "2YotnFZFEjr1zCsicMWpAA";

  private final Endpoint endpoint;

  PageExamples(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The request on the page of this number that is refused. */
  String refused(StandardReason reason) {
    return example(reason, 0);
  }

  /** The request on the page of this number that works. */
  String working(StandardReason reason) {
    return example(reason, 1);
  }

  private String example(StandardReason reason, int index) {
    String page = endpoint.send("GET", "/shop/oauth/errors/" + reason.number()).text();
    String pre = page.split("<pre[^>]*>", -1)[index + 1].split("</pre>", -1)[0];
    return pre.replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  /** The parameters of an authorization request. */
  String query(String request) {
    return request.substring(request.indexOf('?') + 1, request.indexOf(" HTTP/1.1"));
  }

  /** With a code of alice in place of the one that is shown. */
  String withCode(String request, boolean isPkce) {
    if (!request.contains(CODE)) {
      return request;
    }
    String challenge = isPkce ? "&" + Contract.S256 : "";
    String code =
        endpoint.code(
            TestClients.RFC, "redirect_uri=" + Endpoint.encode(TestClients.RFC_URI) + challenge);
    return request.replace(CODE, code);
  }

  /** With a refresh token of alice in place of the one that is shown. */
  String withRefreshToken(String request) {
    if (!request.contains(REFRESH_TOKEN)) {
      return request;
    }
    Answer tokens = sent(withCode(working(StandardReason.CODE_EXPIRED), false));
    return request.replace(REFRESH_TOKEN, Contract.refresh(Contract.assertIssued(tokens)));
  }

  /** With an access token for this scope in place of the one that is shown. */
  String withAccessToken(String request, String shown, String scope) {
    String ask = working(StandardReason.METHOD_NOT_ALLOWED).replace("orders.read", scope);
    return request.replace(shown, Contract.access(Contract.assertIssued(sent(ask))));
  }

  String withAccessToken(String request) {
    return withAccessToken(request, ACCESS_TOKEN, "orders.read");
  }

  /** Sends what a page shows, to where this application is. */
  Answer sent(String request) {
    String[] parts = request.split("\n\n", 2);
    List<String> lines = parts[0].lines().toList();
    String[] start = lines.get(0).split(" ", -1);
    byte[] body = parts.length < 2 ? new byte[0] : parts[1].getBytes(StandardCharsets.UTF_8);
    RawHttp http = endpoint.http();
    return endpoint.received(
        http.exchange(
            http.request(start[0], "/shop" + start[1], lines.subList(1, lines.size()), body)));
  }
}
