package dev.postern.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6749-5.1")
@DisplayName("D10, RFC 6749 s5.1: no-store on whatever comes back")
class GuardedResponseTest {
  private final FakeResponse inner = new FakeResponse();
  private final GuardedResponse response = new GuardedResponse(inner.build());

  private void assertNotCacheable() {
    assertThat(inner.header("Cache-Control")).containsExactly("no-store");
    assertThat(inner.header("Pragma")).containsExactly("no-cache");
    assertThat(inner.header("Expires")).isEmpty();
  }

  @Test
  void from_the_start_and_after_reset() {
    assertNotCacheable();

    response.reset();

    assertNotCacheable();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Cache-Control", "cache-control", "CACHE-CONTROL", "Pragma", "pragma", "Expires"})
  void the_endpoint_cannot_take_it_back(String name) {
    response.setHeader(name, "public, max-age=3600");
    response.addHeader(name, "public");
    response.setDateHeader(name, 1);
    response.addDateHeader(name, 1);
    response.setIntHeader(name, 1);
    response.addIntHeader(name, 1);

    assertNotCacheable();
  }

  @Test
  void other_headers_pass() {
    response.setHeader("X-A", "1");
    response.addHeader("X-A", "2");
    response.setIntHeader("X-B", 3);
    response.addIntHeader("X-B", 4);
    response.setDateHeader("X-C", 5);
    response.addDateHeader("X-C", 6);

    assertThat(inner.header("X-A")).containsExactly("1", "2");
    assertThat(inner.header("X-B")).containsExactly("3", "4");
    assertThat(inner.header("X-C")).containsExactly("5", "6");
    assertNotCacheable();
  }
}
