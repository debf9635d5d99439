package dev.postern.it.contract;

import static dev.postern.it.contract.Endpoint.basic;

import dev.postern.it.Answer;
import dev.postern.it.Browser;
import dev.postern.it.Realm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser at an application's authorization endpoint: keeps cookies, fills in forms. */
final class UserAgent {
  static final String ALICE = basic(Realm.USER, Realm.PASSWORD);

  private static final Pattern FIELD =
      Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"/>");
  private static final Pattern UUID =
      Pattern.compile("<code translate=\"no\">([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})<");

  private final Endpoint app;
  private final String root;
  private final List<String> headers;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** A browser that sends these header lines each time. */
  UserAgent(Endpoint app, String... headers) {
    this.app = app;
    this.root = app.path().replaceAll("token$", "");
    this.headers = List.of(headers);
  }

  /** A browser of alice, who logs in by Basic. */
  static UserAgent ofAlice(Endpoint app) {
    return new UserAgent(app, ALICE);
  }

  Map<String, String> cookies() {
    return cookies;
  }

  /** An authorization request with these parameters as they go over the wire. */
  Answer authorize(String query, String... more) {
    return get(root + "authorize?" + query, more);
  }

  Answer get(String target, String... more) {
    return kept(app.send("GET", target, lines(more)));
  }

  Answer post(String form, String... more) {
    return postTo(root + "authorize", form, more);
  }

  Answer postTo(String target, String form, String... more) {
    return kept(app.post(target, form, lines(more)));
  }

  /** Presses a button of the page that asks for consent. */
  Answer press(Answer page, String button) {
    return post(form(fields(page), button));
  }

  /** The code that comes of pressing yes. */
  String approved(String query) {
    return code(press(authorize(query), "approve"));
  }

  String code(Answer answer) {
    String code = query(answer).get("code");
    if (code == null) {
      throw new AssertionError("no code: " + answer);
    }
    app.keep(code);
    return code;
  }

  /** The parameters that the browser is sent back with. */
  static Map<String, String> query(Answer answer) {
    String location = answer.header("Location").orElseThrow(() -> new AssertionError("" + answer));
    return Browser.query(location);
  }

  /** The hidden fields of a page. */
  static Map<String, String> fields(Answer page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = FIELD.matcher(page.text());
    while (matcher.find()) {
      fields.put(
          matcher.group(1),
          matcher
              .group(2)
              .replace("&#39;", "'")
              .replace("&quot;", "\"")
              .replace("&gt;", ">")
              .replace("&lt;", "<")
              .replace("&amp;", "&"));
    }
    if (fields.isEmpty()) {
      throw new AssertionError("no form: " + page);
    }
    return fields;
  }

  static String form(Map<String, String> fields, String button) {
    return Browser.form(fields) + "&postern_answer=" + button;
  }

  /** The trace_id on the page of a refusal. */
  static String traceId(Answer page) {
    Matcher matcher = UUID.matcher(page.text());
    if (!matcher.find()) {
      throw new AssertionError("no trace_id: " + page);
    }
    return matcher.group(1);
  }

  private String[] lines(String... more) {
    List<String> lines = new ArrayList<>(headers);
    lines.addAll(List.of(more));
    if (!cookies.isEmpty()) {
      lines.add(
          "Cookie: "
              + cookies.entrySet().stream()
                  .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                  .collect(Collectors.joining("; ")));
    }
    return lines.toArray(String[]::new);
  }

  private Answer kept(Answer answer) {
    for (String line : answer.headers("Set-Cookie")) {
      String[] pair = line.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return answer;
  }
}
