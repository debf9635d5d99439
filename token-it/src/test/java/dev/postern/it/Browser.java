package dev.postern.it;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The browser of alice, whom the realm knows, at the sample WAR's own pages. */
public final class Browser {
  /** How she logs in. */
  public static final String LOGIN = "Authorization: " + basic(Realm.USER, Realm.PASSWORD);

  private static final Pattern FIELD =
      Pattern.compile("<input type=\"?hidden\"? name=\"?(\\w+)\"? value=\"([^\"]*)\"/?>");

  private final RawHttp http;
  private final String root;

  private Browser(RawHttp http, String root) {
    this.http = http;
    this.root = root;
  }

  /** A browser at this server's application. */
  public static Browser at(Container server) {
    return new Browser(RawHttp.to(server), server.uri().getPath());
  }

  /** The page that asks whether the client may have what it asks for. */
  public Answer ask(Map<String, String> authorizationRequest) {
    return http.send("GET", root + "/approve?" + form(authorizationRequest), LOGIN);
  }

  /** What comes of a click on "Yes" on that page. */
  public Answer approve(Map<String, String> authorizationRequest) {
    Answer page = ask(authorizationRequest);
    String cookie = page.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    return http.postForm(root + "/approve", form(fields(page)), LOGIN, "Cookie: " + cookie);
  }

  /**
   * Goes where a client sends her, and allows what it asks for.
   *
   * @return where she is sent then
   */
  public String allow(URI authorizationUri) {
    String target = authorizationUri.getRawPath() + "?" + authorizationUri.getRawQuery();
    Answer page = http.send("GET", target, LOGIN);
    // What she has allowed once she is not asked for again.
    return page.header("Location").orElseGet(() -> allow(authorizationUri.getRawPath(), page));
  }

  private String allow(String path, Answer page) {
    String cookie = page.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    String answer = form(fields(page)) + "&postern_answer=approve";
    Answer sentBack = http.postForm(path, answer, LOGIN, "Cookie: " + cookie);
    return sentBack
        .header("Location")
        .orElseThrow(() -> new AssertionError("not sent back: " + sentBack));
  }

  /** The code that comes of it. */
  public String code(Map<String, String> authorizationRequest) {
    Answer answer = approve(authorizationRequest);
    return answer
        .header("Location")
        .map(location -> query(location).get("code"))
        .orElseThrow(() -> new IllegalStateException("no code: " + answer));
  }

  /** The parameters in the query of a URI. */
  public static Map<String, String> query(String uri) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : URI.create(uri).getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      parameters.put(decode(parts[0]), decode(parts[1]));
    }
    return parameters;
  }

  /** A form as it goes over the wire. */
  public static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> fields(Answer page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = FIELD.matcher(page.text());
    while (matcher.find()) {
      fields.put(matcher.group(1), unescape(matcher.group(2)));
    }
    return fields;
  }

  private static String unescape(String html) {
    return html.replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&amp;", "&");
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
