package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.testing.Rfc;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Rfc("RFC6749-5.2")
@DisplayName("numbers, codes and texts of refusals")
class StandardReasonTest {
  private static final Map<ErrorCode, Integer> THOUSANDS =
      Map.of(
          ErrorCode.INVALID_REQUEST,
          1,
          ErrorCode.INVALID_CLIENT,
          2,
          ErrorCode.INVALID_GRANT,
          3,
          ErrorCode.UNAUTHORIZED_CLIENT,
          4,
          ErrorCode.UNSUPPORTED_GRANT_TYPE,
          5,
          ErrorCode.INVALID_SCOPE,
          6,
          ErrorCode.SERVER_ERROR,
          9,
          ErrorCode.TEMPORARILY_UNAVAILABLE,
          9);

  @Test
  void numbers_are_unique() {
    assertThat(Arrays.stream(StandardReason.values()).map(StandardReason::number))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(StandardReason.class)
  @DisplayName("a number stands in the thousand of its code, or of its endpoint: 7 and 8")
  void number_stands_in_its_thousand(StandardReason reason) {
    assertThat(reason.number() / 1_000).isIn(THOUSANDS.getOrDefault(reason.code(), 7), 7, 8);
  }

  @ParameterizedTest
  @EnumSource(StandardReason.class)
  @DisplayName(
      "Values for the \"error_description\" parameter MUST NOT include characters outside the set"
          + " %x20-21 / %x23-5B / %x5D-7E.")
  void text_can_stand_in_a_description(StandardReason reason) {
    assertThat(reason.text()).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]{5,}");
    assertThat(Refusal.of(reason).description())
        .isEqualTo("TOK" + reason.face().number() + ": " + reason.face().text());
  }

  @ParameterizedTest
  @EnumSource(StandardReason.class)
  void private_cause_shares_its_face_s_code_and_check(StandardReason reason) {
    assertThat(reason.face().code()).isEqualTo(reason.code());
    assertThat(reason.face().check()).isEqualTo(reason.check()).isNotNull();
    assertThat(reason.face().face()).isSameAs(reason.face());
    assertThat(reason.number() % 1_000 >= 100).isEqualTo(reason.face() != reason);
  }

  @ParameterizedTest
  @EnumSource(StandardReason.class)
  void names_its_section(StandardReason reason) {
    assertThat(reason.section()).matches("RFC [0-9]{4} (s[0-9.]+|appendix [A-Z])");
    assertThat(reason.label()).isEqualTo("TOK" + reason.number());
  }

  @Test
  void private_causes_have_one_of_five_faces() {
    assertThat(
            Arrays.stream(StandardReason.values())
                .filter(reason -> reason.face() != reason)
                .map(StandardReason::face)
                .distinct())
        .containsExactlyInAnyOrder(
            StandardReason.CLIENT_NOT_ACCEPTED,
            StandardReason.CLIENT_REFUSED,
            StandardReason.GRANT_REFUSED,
            StandardReason.GRANT_TYPE_UNSUPPORTED,
            StandardReason.SCOPE_NOT_ALLOWED);
  }

  @Test
  void codes_are_spelt_as_registered() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::wire))
        .containsExactly(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "server_error",
            "temporarily_unavailable",
            "unsupported_response_type",
            "access_denied",
            "login_required",
            "consent_required",
            "request_not_supported",
            "request_uri_not_supported",
            "invalid_token",
            "insufficient_scope");
  }

  @Test
  void numbers_never_change() {
    assertThat(
            Arrays.stream(StandardReason.values())
                .collect(Collectors.toMap(StandardReason::number, StandardReason::name)))
        .containsEntry(1001, "METHOD_NOT_ALLOWED")
        .containsEntry(1002, "PARAMETER_MISSING")
        .containsEntry(1003, "PARAMETER_REPEATED")
        .containsEntry(2000, "CLIENT_REFUSED")
        .containsEntry(3000, "GRANT_REFUSED")
        .containsEntry(4001, "GRANT_TYPE_NOT_REGISTERED")
        .containsEntry(5001, "GRANT_TYPE_UNSUPPORTED")
        .containsEntry(6001, "SCOPE_MALFORMED")
        .containsEntry(9000, "INTERNAL_ERROR")
        .containsEntry(9001, "STORE_UNAVAILABLE");
  }

  @Test
  void description_names_the_parameter_and_hides_the_detail() {
    Refusal refusal =
        Refusal.of(StandardReason.PARAMETER_REPEATED, "scope").withDetail("for the operator");

    assertThat(refusal.description()).isEqualTo("TOK1003: a parameter is repeated: scope");
    assertThat(refusal.detail()).isEqualTo("for the operator");
    assertThat(refusal.subject()).isEqualTo("scope");
  }

  @Test
  void unavailable_says_why() {
    Exception cause = new Exception("timeout");
    UnavailableException e =
        new UnavailableException(StandardReason.KEY_UNAVAILABLE, "no answer", cause);

    assertThat(e).hasMessage("no answer").hasCause(cause);
    assertThat(e.refusal())
        .isEqualTo(Refusal.of(StandardReason.KEY_UNAVAILABLE).withDetail("no answer"));
  }
}
