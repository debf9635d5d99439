package dev.postern.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.AppLog;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Both faces of a refusal: all of the answer, and the line by which the operator finds its cause.
 */
final class Refusals {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'");

  private Refusals() {}

  static JsonObject check(
      Answer answer,
      int status,
      StandardReason told,
      StandardReason cause,
      String challenge,
      String errorPages,
      AppLog log) {
    assertThat(answer.status()).as(answer::toString).isEqualTo(status);
    headers(answer, status, challenge);
    JsonObject body = answer.json();
    body(body, told, errorPages);
    log(body, told, cause, log);
    return body;
  }

  static void headers(Answer answer, int status, String challenge) {
    assertThat(answer.headers("Content-Type")).containsExactly("application/json");
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers("Pragma")).containsExactly("no-cache");
    assertHeader(answer, "WWW-Authenticate", status == 401, challenge);
    assertHeader(answer, "Allow", status == 405, "POST");
    assertHeader(answer, "Retry-After", status == 429 || status == 503, status == 429 ? "60" : "5");
    for (String never : List.of("Set-Cookie", "Location", "Expires", "X-Powered-By")) {
      assertHeader(answer, never, false, "");
    }
    if (status == 408 || status == 413) {
      assertHeader(answer, "Connection", true, "close");
    }
  }

  /**
   * That no cache may keep the answer. Where a cookie of the server's own comes with it, Liberty
   * says so.
   */
  static void assertNoStore(Answer answer) {
    String more = answer.headers("Set-Cookie").isEmpty() ? "" : "(, no-cache=set-cookie)?";
    assertThat(answer.headers("Cache-Control")).hasSize(1);
    assertThat(answer.headers("Cache-Control").get(0)).matches("no-store" + more);
  }

  private static void assertHeader(Answer answer, String name, boolean isThere, String value) {
    assertThat(answer.headers(name))
        .as(() -> name + " of " + answer)
        .isEqualTo(isThere ? List.of(value) : List.of());
  }

  private static void body(JsonObject body, StandardReason told, String errorPages) {
    List<String> members =
        new ArrayList<>(
            List.of("error", "error_description", "error_uri", "error_codes", "timestamp"));
    members.addAll(List.of("trace_id", "correlation_id"));
    if (errorPages.isEmpty()) {
      members.remove("error_uri");
    } else {
      assertThat(body.getString("error_uri"))
          .matches("https?://[A-Za-z0-9.\\[\\]:-]+" + Pattern.quote(errorPages + told.number()));
    }
    assertThat(body.keySet()).containsExactlyElementsOf(members);
    assertThat(body.getString("error")).isEqualTo(told.code().wire());
    // "Values for the "error_description" parameter MUST NOT include characters outside the set
    // %x20-21 / %x23-5B / %x5D-7E" (s5.2)
    assertThat(body.getString("error_description"))
        .startsWith(told.label() + ": " + told.text())
        .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    assertThat(body.getJsonArray("error_codes")).hasToString("[" + told.number() + "]");
    LocalDateTime at = LocalDateTime.parse(body.getString("timestamp"), TIMESTAMP);
    assertThat(Duration.between(at, LocalDateTime.now(ZoneOffset.UTC)).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(body.getString("trace_id")).matches(UUID);
    assertThat(body.getString("correlation_id")).matches("[A-Za-z0-9._-]{1,128}");
  }

  private static void log(JsonObject body, StandardReason told, StandardReason cause, AppLog log) {
    String line = line(body, log);
    assertThat(line)
        .startsWith(
            "refused number="
                + cause.label()
                + " cause="
                + cause.name()
                + " told="
                + told.label()
                + " error="
                + told.code().wire()
                + " check="
                + cause.check().name().toLowerCase(java.util.Locale.ROOT)
                + " endpoint=\"/")
        // One line, printable, cut to length.
        .matches("[\\x20-\\x7E]{1,1200}");
    assertThat(cause.face()).as("the face of " + cause).isEqualTo(told);
  }

  /** The line of the refusal with this body. */
  static String line(JsonObject body, AppLog log) {
    return log.lineWith(
        " trace_id="
            + body.getString("trace_id")
            + " correlation_id="
            + body.getString("correlation_id")
            + " ");
  }

  /** What a parameter of the log line says. */
  static Optional<String> logged(String line, String name) {
    int start = line.indexOf(" " + name + "=\"");
    if (start < 0) {
      return Optional.empty();
    }
    int from = start + name.length() + 3;
    return Optional.of(line.substring(from, line.indexOf('"', from)));
  }
}
