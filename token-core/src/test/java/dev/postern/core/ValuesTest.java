package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.postern.core.client.ClientSecretBasic;
import dev.postern.core.client.ClientSecretPost;
import dev.postern.core.client.PublicClient;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.TestClients;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("small values, as extensions see them")
class ValuesTest {
  private final Parameters parameters =
      new Parameters(Form.of("a", "", "a", "1", "a", "2", "b", "", "c", "3"));

  @Test
  void parameters_without_a_value_are_not_there() {
    assertThat(parameters.find("a")).contains("1");
    assertThat(parameters.find("b")).isEmpty();
    assertThat(parameters.find("d")).isEmpty();
    assertThat(parameters.has("c")).isTrue();
    assertThat(parameters.has("b")).isFalse();
    assertThat(parameters.all("a")).containsExactly("1", "2");
    assertThat(parameters.all("b")).isEmpty();
    assertThat(parameters.require("c")).isEqualTo("3");
  }

  @Test
  void a_grant_that_requires_what_it_did_not_declare_is_a_mistake() {
    assertThatIllegalStateException()
        .isThrownBy(() -> parameters.require("b"))
        .withMessage("not declared as required: b");
  }

  @Test
  void what_passed_was_not_refused() {
    Refusal refusal = Refusal.of(StandardReason.SCOPE_NOT_ALLOWED);

    assertThat(Outcome.refused(refusal).refusal()).isEqualTo(refusal);
    assertThatIllegalStateException()
        .isThrownBy(() -> Outcome.of("passed").refusal())
        .withMessage("a step that passed was not refused");
  }

  @Test
  void a_form_has_a_value_for_each_name() {
    assertThatIllegalArgumentException().isThrownBy(() -> Form.of("a", "1", "b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AuthorizationHeader.Basic(List.of()))
        .withMessage("no reading");
  }

  @Test
  void results_and_outcomes_are_folded() {
    Endpoint endpoint = Endpoint.standard();
    TokenResult issued =
        endpoint.handle(
            Forms.basic(TestClients.BATCH, TestClients.BATCH_SECRET), Forms.clientCredentials());
    TokenResult refused = endpoint.handle(Forms.basic("x", "y"), Forms.clientCredentials());

    assertThat(issued.<String>fold(TokenResult.Issued::subject, TokenResult.Refused::clientId))
        .isEqualTo(TestClients.BATCH);
    assertThat(refused.<String>fold(TokenResult.Issued::subject, TokenResult.Refused::clientId))
        .isEqualTo("x");
    assertThat(Outcome.of(1).<Integer>then(one -> Outcome.of(one + 1))).isEqualTo(Outcome.of(2));
    Outcome<Integer> stopped = Outcome.refused(StandardReason.CODE_UNKNOWN, "code");
    assertThat(stopped.<Integer>then(one -> Outcome.of(one + 1))).isEqualTo(stopped);
    assertThat(stopped.<String>fold(String::valueOf, Refusal::subject)).isEqualTo("code");
  }

  @Test
  void methods_are_called_what_rfc_7591_calls_them() {
    assertThat(new ClientSecretBasic().name()).isEqualTo("client_secret_basic");
    assertThat(new ClientSecretPost().name()).isEqualTo("client_secret_post");
    assertThat(new PublicClient().name()).isEqualTo("none");
    assertThat(new ClientSecretBasic().mechanism()).isEqualTo("Authorization header");
    assertThat(new ClientSecretPost().mechanism()).isEqualTo("client_secret");
    assertThat(new PublicClient().mechanism()).isEqualTo("client_id");
  }
}
