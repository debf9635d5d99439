package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 6749 s7.1: what a kept token is taken for, it is")
class AccessTokenTest {
  private static final Secret VALUE = Secret.of("zqx-value");

  @Test
  void kept_as_a_bearer_token_alone() {
    assertThat(AccessToken.opaque(VALUE).type()).isEqualTo("Bearer");
    assertThat(new AccessToken(VALUE, "bearer", true).isKept()).isTrue();
    assertThat(new AccessToken(VALUE, "DPoP", false).isKept()).isFalse();
    assertThatThrownBy(() -> new AccessToken(VALUE, "DPoP", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("only bearer tokens can be kept, and this is a DPoP");
  }
}
