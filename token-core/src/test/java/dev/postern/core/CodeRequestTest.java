package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class CodeRequestTest {
  @ParameterizedTest
  @NullAndEmptySource
  void a_parameter_that_was_not_sent_is_left_out(String nothing) {
    CodeRequest request =
        CodeRequest.of(nothing, "alice")
            .redirectUri(nothing)
            .scope(nothing)
            .codeChallenge(nothing, nothing);

    assertThat(request.clientId()).isEmpty();
    assertThat(request.redirectUri()).isEmpty();
    assertThat(request.scope()).isEmpty();
    assertThat(request.challenge()).isEmpty();
    assertThat(request.challengeMethod()).isEmpty();
  }

  @Test
  void a_parameter_that_was_sent_is_kept() {
    CodeRequest request =
        CodeRequest.of("spa", "alice").redirectUri("app:/").scope("a b").codeChallenge("c", "S256");

    assertThat(request.clientId()).isEqualTo("spa");
    assertThat(request.subject()).isEqualTo("alice");
    assertThat(request.redirectUri()).hasValue("app:/");
    assertThat(request.scope()).hasValue("a b");
    assertThat(request.challenge()).hasValue("c");
    assertThat(request.challengeMethod()).hasValue("S256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ali\nce", "\u0000"})
  void the_application_has_to_know_its_user(String subject) {
    assertThatThrownBy(() -> CodeRequest.of("spa", subject))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
