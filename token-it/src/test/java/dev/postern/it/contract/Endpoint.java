package dev.postern.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.AppLog;
import dev.postern.it.Container;
import dev.postern.it.RawConnection;
import dev.postern.it.RawHttp;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A running application with a token endpoint, as its clients see it and as its operator does. */
final class Endpoint implements AutoCloseable {
  static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  private final Container container;
  private final String path;
  private final String errorPages;
  private final RawHttp http;
  private final AppLog log;
  private final Ledger ledger;
  private final ErrorUriPages pages;

  Endpoint(
      Container container,
      String path,
      String errorPages,
      AppLog log,
      Ledger ledger,
      ErrorUriPages pages) {
    this.container = container;
    this.path = path;
    this.errorPages = errorPages;
    this.http = RawHttp.to(container);
    this.log = log;
    this.ledger = ledger;
    this.pages = pages;
  }

  Container container() {
    return container;
  }

  RawHttp http() {
    return http;
  }

  RawHttp https() {
    return RawHttp.overTls(container);
  }

  /** Where the token endpoint is: path and context path. */
  String path() {
    return path;
  }

  /** A token request. */
  Answer token(String form, String... headers) {
    return post(path, form, headers);
  }

  /** A form, posted to any path. */
  Answer post(String target, String form, String... headers) {
    return post(http, target, form, headers);
  }

  Answer post(RawHttp over, String target, String form, String... headers) {
    ledger.sent(form, headers);
    return received(over.postForm(target, form, headers));
  }

  /** A body of octets, with exactly these header lines. */
  Answer body(byte[] body, String... headers) {
    ledger.sent("", headers);
    return received(http.post(path, List.of(headers), body));
  }

  /** A request without a body. */
  Answer send(String method, String target, String... headers) {
    ledger.sent("", headers);
    return received(http.send(method, target, headers));
  }

  /** A token request on a connection that stays open. */
  Answer token(RawConnection connection, String form, String... headers) {
    ledger.sent(form, headers);
    List<String> lines = new ArrayList<>(List.of(FORM, "Connection: keep-alive"));
    lines.addAll(Arrays.asList(headers));
    byte[] body = form.getBytes(StandardCharsets.UTF_8);
    return received(connection.send(http.request("POST", path, lines, body)).read());
  }

  Answer received(Answer answer) {
    ledger.received(answer);
    pages.open(answer, http, errorPages);
    return answer;
  }

  /** Below which path its pages behind {@code error_uri} lie; empty if it has none. */
  String errorPages() {
    return errorPages;
  }

  /** A code for alice; {@code more} are further parameters of the authorization request. */
  String code(String client, String more) {
    String answer = host("do=code&subject=alice&client=" + client + "&" + more);
    assertThat(answer).startsWith("code ");
    String code = answer.substring("code ".length());
    ledger.keep(code);
    return code;
  }

  /** What the application says when its host API is asked. */
  String host(String form) {
    Answer answer = http.postForm(path.replaceAll("^(/[^/]+)/.*", "$1/host"), form);
    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    return answer.text();
  }

  /** What an access token means: {@code client|subject|scope|seconds}, or {@code none}. */
  String find(String accessToken) {
    return host("do=find&token=" + encode(accessToken));
  }

  boolean isAlive(String accessToken) {
    return !find(accessToken).equals("none");
  }

  void assertRefused(Answer answer, int status, StandardReason reason) {
    assertRefused(answer, status, reason, reason);
  }

  JsonObject assertRefused(Answer answer, int status, StandardReason told, StandardReason cause) {
    return Refusals.check(
        answer, status, told, cause, "Basic realm=\"token\", charset=\"UTF-8\"", errorPages, log);
  }

  void assertRefused(Answer answer, int status, StandardReason reason, String challenge) {
    Refusals.check(answer, status, reason, reason, challenge, errorPages, log);
  }

  /** The line with which a refusal was logged. */
  String logLine(Answer answer) {
    return Refusals.line(answer.json(), log);
  }

  /** The line of the log that has this text. */
  String logLineWith(String text) {
    return log.lineWith(text);
  }

  /** Keeps what must not be seen again. */
  void keep(String secret) {
    ledger.keep(secret);
  }

  /** Stops the application, where it is one test's alone. */
  @Override
  public void close() {
    container.close();
  }

  /** The Authorization line of these credentials as they are, not form-encoded. */
  static String basic(String id, String secret) {
    return authorization(id + ":" + secret);
  }

  /** The Authorization line of these credentials, form-encoded as RFC 6749 s2.3.1 has it. */
  static String basicEncoded(String id, String secret) {
    return authorization(encode(id) + ":" + encode(secret));
  }

  static String authorization(String userPass) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(userPass.getBytes(StandardCharsets.UTF_8));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
