package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.core.Form;
import dev.postern.servlet.request.FormDecoder;
import dev.postern.servlet.request.FormEncoder;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DESIGN: what the endpoint behind TokenGuard sees")
class GuardedRequestTest {
  private static final Form FORM =
      Form.of(
          "grant_type",
          "client_credentials",
          "x",
          "1+ü",
          "scope",
          "",
          "resource",
          "a",
          "resource",
          "b");
  private static final String BODY =
      "grant_type=client_credentials&x=1%2B%C3%BC&scope=&resource=a&resource=b";

  private static GuardedRequest guarded(FakeRequest request) {
    return new GuardedRequest(
        request.build(), FORM, Proofs.post("batch"), new FakeResponse().build());
  }

  private static GuardedRequest guarded() {
    return guarded(FakeRequest.post());
  }

  @Test
  void the_media_type_has_one_spelling() {
    FakeRequest odd =
        FakeRequest.post().header("content-type", "APPLICATION/X-WWW-FORM-URLENCODED");
    for (GuardedRequest request : List.of(guarded(), guarded(odd))) {
      assertThat(request.getContentType()).isEqualTo("application/x-www-form-urlencoded");
      assertThat(request.getHeader("Content-Type")).isEqualTo(request.getContentType());
      assertThat(Collections.list(request.getHeaders("CONTENT-TYPE")))
          .containsExactly(request.getContentType());
    }
  }

  @Test
  void parameters() {
    GuardedRequest request = guarded();

    assertThat(request.getParameter("x")).isEqualTo("1+ü");
    assertThat(request.getParameter("scope")).isEmpty();
    assertThat(request.getParameter("resource")).isEqualTo("a");
    assertThat(request.getParameter("X")).isNull();
    assertThat(request.getParameterValues("resource")).containsExactly("a", "b");
    assertThat(request.getParameterValues("none")).isNull();
    assertThat(Collections.list(request.getParameterNames()))
        .containsExactly("grant_type", "x", "scope", "resource");
    assertThat(request.getParameterMap().get("resource")).containsExactly("a", "b");
  }

  @Test
  void nobody_changes_them() {
    GuardedRequest request = guarded();

    request.getParameterValues("x")[0] = "changed";
    request.getParameterMap().get("x")[0] = "changed";

    assertThat(request.getParameter("x")).isEqualTo("1+ü");
    assertThatThrownBy(() -> request.getParameterMap().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void parameters_of_the_query_come_first_as_in_every_container() {
    GuardedRequest request = guarded(FakeRequest.post().query("tenant=t&&x=q"));

    assertThat(request.getParameter("tenant")).isEqualTo("t");
    assertThat(request.getParameterValues("x")).containsExactly("q", "1+ü");
    assertThat(Collections.list(request.getParameterNames())).contains("tenant", "x");
    assertThat(request.getParameterMap()).doesNotContainKey("");
  }

  @Test
  void the_container_is_not_asked_for_what_it_parsed() {
    assertThat(
            guarded(FakeRequest.post().parameter("client_id", "other")).getParameter("client_id"))
        .isNull();
  }

  @Test
  void the_body_by_stream_and_by_reader_as_often_as_one_likes() throws IOException {
    GuardedRequest request = guarded();

    for (int i = 0; i < 2; i++) {
      assertThat(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(BODY);
      assertThat(request.getReader().readLine()).isEqualTo(BODY);
    }
    assertThat(request.getInputStream().read()).isEqualTo('g');
    assertThat(request.getCharacterEncoding()).isEqualTo("UTF-8");
  }

  @Test
  void its_length_is_that_of_the_body() {
    GuardedRequest request =
        guarded(
            FakeRequest.post()
                .header("Content-Length", "7")
                .header("Transfer-Encoding", "chunked"));

    assertThat(request.getContentLength()).isEqualTo(BODY.length());
    assertThat(request.getContentLengthLong()).isEqualTo(BODY.length());
    assertThat(request.getHeader("content-length")).isEqualTo("" + BODY.length());
    assertThat(request.getIntHeader("CONTENT-LENGTH")).isEqualTo(BODY.length());
    assertThat(Collections.list(request.getHeaders("Content-Length")))
        .containsExactly("" + BODY.length());
    assertThat(request.getHeader("Transfer-Encoding")).isNull();
    assertThat(Collections.list(request.getHeaders("transfer-encoding"))).isEmpty();
    assertThat(Collections.list(request.getHeaderNames())).containsExactly("Content-Length");
  }

  @Test
  void other_headers_pass() {
    GuardedRequest request =
        guarded(FakeRequest.post().header("X-Tenant", "a").header("X-Tenant", "b"));

    assertThat(request.getHeader("x-tenant")).isEqualTo("a");
    assertThat(Collections.list(request.getHeaders("x-tenant"))).containsExactly("a", "b");
    assertThat(request.getIntHeader("none")).isEqualTo(-1);
  }

  @Test
  @DisplayName("a client is a principal, and no user")
  void principal() {
    GuardedRequest request = guarded();

    assertThat(request.getUserPrincipal())
        .isEqualTo(new ClientPrincipal("batch", false))
        .hasToString("ClientPrincipal batch");
    assertThat(request.getUserPrincipal().getName()).isEqualTo("batch");
    assertThat(request.getRemoteUser()).isNull();
    assertThat(request.getAuthType()).isNull();
    assertThat(request.isUserInRole("batch")).isFalse();
    assertThat(request.isUserInRole("**")).isFalse();
  }

  @Test
  void a_public_client_is_told_from_one_that_proved_something() {
    GuardedRequest request =
        new GuardedRequest(
            FakeRequest.post().build(), FORM, Proofs.none("app"), new FakeResponse().build());

    assertThat(request.getUserPrincipal())
        .isEqualTo(new ClientPrincipal("app", true))
        .isNotEqualTo(new ClientPrincipal("app", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "a:b", "ü€😀", "a b+c%d&e=f", "100%25"})
  @DisplayName("Basic credentials are passed on in one canonical reading")
  void canonical_credentials(String id) {
    // However it was written: raw, in another case, with more blanks.
    FakeRequest sent = FakeRequest.post().header("authorization", "bAsIc   whatever");
    GuardedRequest request =
        new GuardedRequest(sent.build(), FORM, Proofs.basic(id), new FakeResponse().build());

    String header = request.getHeader("Authorization");
    assertThat(Collections.list(request.getHeaders("AUTHORIZATION"))).containsExactly(header);
    String decoded =
        new String(
            Base64.getDecoder().decode(header.substring("Basic ".length())),
            StandardCharsets.US_ASCII);
    assertThat(decoded)
        .isEqualTo(FormEncoder.encode(id) + ":" + FormEncoder.encode(Proofs.SECRET))
        .matches("[ -~]+");
  }

  @Test
  void no_header_where_there_was_none() {
    GuardedRequest request = guarded();

    assertThat(request.getHeader("Authorization")).isNull();
    assertThat(Collections.list(request.getHeaders("Authorization"))).isEmpty();
    assertThat(Collections.list(request.getHeaderNames())).isEmpty();
  }

  @Test
  void a_listener_is_told_at_once() {
    List<String> told = new ArrayList<>();
    ServletInputStream stream = guarded().getInputStream();

    stream.setReadListener(
        new ReadListener() {
          @Override
          public void onDataAvailable() throws IOException {
            assertThat(stream.isReady()).isTrue();
            assertThat(stream.isFinished()).isFalse();
            told.add(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          }

          @Override
          public void onAllDataRead() {
            told.add("all");
          }

          @Override
          public void onError(Throwable thrown) {
            told.add("error");
          }
        });

    assertThat(told).containsExactly(BODY, "all");
    assertThat(stream.isFinished()).isTrue();
  }

  @Property(tries = 200)
  void what_is_read_as_parameters_is_what_is_read_as_body(
      @ForAll @NotEmpty @AlphaChars String name, @ForAll("texts") String value) throws IOException {
    Form form = Form.of(name, value);
    GuardedRequest request =
        new GuardedRequest(
            FakeRequest.post().build(), form, Proofs.none("app"), new FakeResponse().build());

    byte[] body = request.getInputStream().readAllBytes();
    assertThat(Outcomes.passed(FormDecoder.decode(body, body.length)).value(0))
        .isEqualTo(request.getParameter(name));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withCharRange('\u0001', '\uD7FF').ofMaxLength(20);
  }
}
