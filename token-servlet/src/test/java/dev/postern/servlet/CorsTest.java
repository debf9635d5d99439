package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC9700-2.6")
@DisplayName("D13, RFC 9700 s2.6: browser clients")
class CorsTest {
  private static final String APP = "https://app.example";

  private final Cors off = new Cors(Set.of());
  private final Cors on = new Cors(Set.of(APP, "https://other.example"));
  private final FakeResponse response = new FakeResponse();

  private static FakeRequest preflight(String origin) {
    return FakeRequest.post()
        .method("OPTIONS")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST");
  }

  @Test
  void none_unless_configured() {
    FakeRequest request = preflight(APP);

    off.allow(request.build(), response.build());

    assertThat(off.isOn()).isFalse();
    assertThat(off.isPreflight(request.build())).isFalse();
    assertThat(response.headers()).isEmpty();
  }

  @Test
  void an_origin_that_is_configured() {
    on.allow(FakeRequest.post().header("Origin", APP).build(), response.build());

    assertThat(response.header("Access-Control-Allow-Origin")).containsExactly(APP);
    assertThat(response.header("Access-Control-Expose-Headers"))
        .containsExactly("WWW-Authenticate, Retry-After");
    assertThat(response.header("Vary")).containsExactly("Origin");
    assertThat(response.header("Access-Control-Allow-Credentials")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://app.example",
        "https://app.example:8443",
        "https://app.example.evil.example",
        "https://APP.example",
        "https://app.example/",
        "null",
        "*",
        "",
        APP + " " + APP
      })
  void any_other(String origin) {
    on.allow(FakeRequest.post().header("Origin", origin).build(), response.build());

    assertThat(response.headers().keySet()).containsExactly("Vary");
  }

  @Test
  void no_origin_varies_too() {
    on.allow(FakeRequest.post().build(), response.build());

    assertThat(response.headers().keySet()).containsExactly("Vary");
  }

  @Test
  void what_a_preflight_is() {
    FakeRequest noOrigin =
        FakeRequest.post().method("OPTIONS").header("Access-Control-Request-Method", "POST");
    FakeRequest noMethod = FakeRequest.post().method("OPTIONS").header("Origin", APP);
    FakeRequest post =
        FakeRequest.post().header("Origin", APP).header("Access-Control-Request-Method", "POST");

    assertThat(on.isPreflight(preflight(APP).build())).isTrue();
    assertThat(on.isPreflight(preflight("https://evil.example").build())).isTrue();
    assertThat(on.isPreflight(noOrigin.build())).isFalse();
    assertThat(on.isPreflight(noMethod.build())).isFalse();
    assertThat(on.isPreflight(post.build())).isFalse();
  }

  @Test
  void a_preflight_of_ours() {
    on.answerPreflight(Cors.POST, preflight(APP).build(), response.build());

    assertThat(response.header("Access-Control-Allow-Origin")).containsExactly(APP);
    assertThat(response.header("Access-Control-Allow-Methods")).containsExactly("POST");
    assertThat(response.header("Access-Control-Allow-Headers").get(0))
        .contains("Authorization", "Content-Type", "client-request-id", "traceparent");
    assertThat(response.header("Access-Control-Max-Age")).containsExactly("600");
    assertThat(response.header("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void a_preflight_of_somebody_else() {
    on.answerPreflight(Cors.POST, preflight("https://evil.example").build(), response.build());

    assertThat(response.headers().keySet()).containsExactly("Vary");
  }
}
