package dev.postern.core.rfc6749;

import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.assertIssued;
import static dev.postern.core.testing.Answers.refreshToken;
import static dev.postern.core.testing.Forms.basic;
import static dev.postern.core.testing.TestClients.BATCH;
import static dev.postern.core.testing.TestClients.BATCH_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Lifetimes;
import dev.postern.core.TokenResult;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.Rfc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Rfc("RFC6749-5.1")
@DisplayName("RFC 6749 s5.1: successful response")
class Section5_1Test {
  private static final String LETTERS = "[A-Za-z0-9_-]";

  private final Endpoint endpoint = Endpoint.standard();

  @Test
  @Rfc({"RFC6749-4.1.2", "RFC6749-A.12", "RFC6749-A.17"})
  @DisplayName("The authorization server SHOULD document the size of any value it issues.")
  void sizes_are_as_the_readme_says() throws IOException {
    String code = endpoint.code(Codes.ofShop());
    TokenResult answer = Codes.redeem(endpoint, code);
    TokenResult refreshed = Codes.refresh(endpoint, refreshToken(answer));

    assertThat(code).matches(LETTERS + "{43}");
    assertThat(accessToken(answer)).matches(LETTERS + "{43}");
    assertThat(refreshToken(answer)).matches(LETTERS + "{65}");
    assertThat(refreshToken(refreshed)).matches(LETTERS + "{65}");
    assertThat(readme())
        .contains(
            "Codes and access tokens have 43 characters, refresh tokens 65, all of them letters,"
                + " digits, `-` and `_`.");
  }

  @Test
  @Rfc("RFC6749-3.3")
  @DisplayName(
      "s3.3: The authorization server SHOULD document its scope requirements and default value")
  void the_default_scope_is_what_the_readme_says() throws IOException {
    TokenResult.Issued answer =
        assertIssued(endpoint.handle(basic(BATCH, BATCH_SECRET), Forms.clientCredentials()));

    assertThat(answer.tokens().scope()).hasToString("orders.read orders.write");
    assertThat(readme())
        .contains("| `scope` | what it may ask for, and what it gets when it does not say |");
  }

  @Test
  @Rfc("RFC6750-5.3")
  @DisplayName("RFC 6750 s5.3: Token servers SHOULD issue short-lived (one hour or less) tokens")
  void an_access_token_lives_ten_minutes_when_nothing_else_is_said() throws IOException {
    TokenResult.Issued answer = assertIssued(Codes.redeem(endpoint, endpoint.code(Codes.ofShop())));

    assertThat(answer.tokens().expiresIn())
        .isEqualTo(Lifetimes.STANDARD.accessToken())
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(readme()).contains("| `accessTokenLifetime` | `PT10M` |");
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("..", "README.md")).replace("\n", " ");
  }
}
