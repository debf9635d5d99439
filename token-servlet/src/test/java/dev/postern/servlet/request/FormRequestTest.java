package dev.postern.servlet.request;

import static dev.postern.servlet.Outcomes.passed;
import static dev.postern.servlet.Outcomes.reason;
import static dev.postern.servlet.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.AuthorizationHeader;
import dev.postern.core.Form;
import dev.postern.core.Outcome;
import dev.postern.core.RequestParser;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenRequest;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.servlet.FakeRequest;
import dev.postern.servlet.RecordedLog;
import dev.postern.servlet.Rfc;
import dev.postern.servlet.doctor.Sightings;
import java.lang.System.Logger.Level;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DESIGN s1: reading the request")
class FormRequestTest {
  private final RecordedLog log = new RecordedLog();
  private final RequestParser parser =
      new RequestParser(List.of(ClientCredentialsGrant.TYPE), List.of());
  private final FormRequest reader =
      new FormRequest(
          new Transport(IpAddresses.parse(""), false, new Sightings(finding -> {})),
          new BodyReader(1_024, () -> 0),
          new ConsumedBody(new Sightings(finding -> log.log(Level.WARNING, finding.line()))));

  private Outcome<TokenRequest> read(FakeRequest request) {
    return reader.read(parser, request.build());
  }

  private static FakeRequest form() {
    return FakeRequest.post().body("grant_type=client_credentials");
  }

  /** As {@link #form()}, after an earlier filter has asked for a parameter. */
  private static FakeRequest consumed() {
    return FakeRequest.post().body("").declared(29);
  }

  @Test
  void all_that_is_there() {
    TokenRequest request = passed(read(form().header("Authorization", "Basic YTpi").query("x=y")));

    assertThat(request.form().first("grant_type")).hasValue("client_credentials");
    assertThat(request.form().size()).isEqualTo(1);
    assertThat(request.authorization()).isInstanceOf(AuthorizationHeader.Basic.class);
    assertThat(request.source()).isEqualTo("203.0.113.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "post", ""})
  @Rfc({"RFC6749-3.2", "RFC9110-9.1"})
  void post_only(String method) {
    assertThat(reason(read(form().method(method)))).isEqualTo(StandardReason.METHOD_NOT_ALLOWED);
  }

  @Test
  @DisplayName("method, transport, media type, query, body: the first that fails is told")
  void order() {
    FakeRequest request =
        FakeRequest.post().method("GET").plain().query("client_secret=x").declared(9_999);
    assertThat(reason(read(request))).isEqualTo(StandardReason.METHOD_NOT_ALLOWED);

    request.method("POST");
    assertThat(reason(read(request))).isEqualTo(StandardReason.INSECURE_TRANSPORT);

    request.from("127.0.0.1").to("127.0.0.1");
    assertThat(reason(read(request))).isEqualTo(StandardReason.MEDIA_TYPE_UNSUPPORTED);

    request.header("Content-Type", "application/x-www-form-urlencoded");
    assertThat(reason(read(request))).isEqualTo(StandardReason.PARAMETER_IN_QUERY);
    assertThat(refusal(read(request)).subject()).isEqualTo("client_secret");

    request.query("x=y");
    assertThat(reason(read(request))).isEqualTo(StandardReason.BODY_TOO_LARGE);
  }

  @Test
  @Rfc("RFC9110-10.1.1")
  @DisplayName("too long by what it says: told before the stream is asked for, which sends a 100")
  void length_first() {
    assertThat(reason(read(consumed().declared(9_999)))).isEqualTo(StandardReason.BODY_TOO_LARGE);
  }

  @Test
  @DisplayName("a body whose length is said in two ways is read at no endpoint")
  void framing() {
    FakeRequest request = form().header("Content-Length", "10").header("Content-Length", "12");

    assertThat(reason(read(request))).isEqualTo(StandardReason.BODY_INCOMPLETE);
    assertThat(reason(reader.readAuthorization(request.build(), name -> false)))
        .isEqualTo(StandardReason.BODY_INCOMPLETE);
  }

  @Test
  void an_empty_body_is_an_empty_form() {
    assertThat(passed(read(FakeRequest.post().body(""))).form().size()).isZero();
    assertThat(log.lines()).isEmpty();
  }

  @Test
  @DisplayName("D12: parsed by an earlier filter, with the query left out")
  void consumed_as_parameters() {
    FakeRequest request =
        consumed()
            .query("tenant=t")
            .parameter("tenant", "t", "from the body, or not")
            .parameter("grant_type", "client_credentials")
            .parameter("resource", "a", "b");

    Form form = passed(read(request)).form();

    assertThat(form).hasToString("Form[grant_type, resource, resource]");
    assertThat(form.all("resource")).containsExactly("a", "b");
  }

  @Test
  @DisplayName("D12: its reader taken by an earlier filter")
  void consumed_by_reader() {
    FakeRequest request = form().readerTaken().parameter("grant_type", "client_credentials");

    assertThat(passed(read(request)).form().first("grant_type")).hasValue("client_credentials");
    assertThat(reason(read(form().readerTaken()))).isEqualTo(StandardReason.BODY_CONSUMED);
  }

  @Test
  void consumed_without_a_trace() {
    assertThat(reason(read(consumed()))).isEqualTo(StandardReason.BODY_CONSUMED);
    assertThat(reason(read(consumed().query("a=b").parameter("a", "b"))))
        .isEqualTo(StandardReason.BODY_CONSUMED);
  }

  @Test
  void a_body_of_no_declared_length_that_is_empty_was_consumed_by_nobody() {
    FakeRequest none = FakeRequest.post().body("").declared(-1);
    FakeRequest chunked =
        FakeRequest.post().body("").declared(-1).header("Transfer-Encoding", "chunked");

    assertThat(passed(read(none)).form().size()).isZero();
    assertThat(log.lines()).isEmpty();
    assertThat(passed(read(chunked.parameter("x", "y"))).form().size()).isEqualTo(1);
    assertThat(log.lines()).hasSize(1);
  }

  @Test
  @DisplayName("D12 over HTTP/2, where a body is neither announced nor chunked")
  void consumed_over_http_2() {
    FakeRequest request = FakeRequest.post().body("").declared(-1).protocol("HTTP/2.0");

    assertThat(passed(read(request)).form().size()).isZero();
    assertThat(log.lines()).isEmpty();
    request.parameter("grant_type", "client_credentials");
    assertThat(passed(read(request)).form().first("grant_type")).hasValue("client_credentials");
    assertThat(log.lines()).hasSize(1);
  }

  @Test
  void warned_of_once() {
    read(consumed());
    read(consumed());

    assertThat(log.lines()).hasSize(1).allMatch(line -> line.level() == Level.WARNING);
  }

  @ParameterizedTest
  @CsvSource({
    "\u00C3\u00BC, \u00FC",
    "\u00E2\u0082\u00AC, \u20AC",
    // Decoded rightly by the container, or no UTF-8 at all.
    "\u00FC, \u00FC",
    "\u20AC, \u20AC",
    "\u00C3\u00BC\u20AC, \u00C3\u00BC\u20AC",
    "abc, abc"
  })
  void what_the_container_took_for_iso_8859_1(String reported, String meant) {
    assertThat(passed(read(consumed().parameter("x", reported))).form().first("x")).hasValue(meant);
  }

  @Test
  void what_the_container_let_pass() {
    FakeRequest many = consumed();
    for (int i = 0; i < 65; i++) {
      many.parameter("p" + i, "x");
    }

    assertThat(reason(read(consumed().parameter("x", "a\0"))))
        .isEqualTo(StandardReason.NUL_CHARACTER);
    assertThat(reason(read(consumed().parameter("a\0", "x"))))
        .isEqualTo(StandardReason.NUL_CHARACTER);
    assertThat(reason(read(consumed().parameter("x", "a\uFFFD"))))
        .isEqualTo(StandardReason.UTF8_INVALID);
    assertThat(reason(read(many))).isEqualTo(StandardReason.TOO_MANY_PARAMETERS);
  }
}
