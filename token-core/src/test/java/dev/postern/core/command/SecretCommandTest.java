package dev.postern.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postern.core.Secret;
import dev.postern.core.secret.SecretFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("what the jar does when it is run")
class SecretCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String input, String... arguments) throws IOException {
    return new SecretCommand(
            new SecureRandom(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> input)
        .run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void new_secret() throws IOException {
    assertThat(run("", "new-secret")).isZero();

    Matcher printed =
        Pattern.compile("secret: ([A-Za-z0-9_-]{43})\\R" + "hash:   (\\$sha256\\$\\S{43})\\R")
            .matcher(out());
    assertThat(printed.matches()).isTrue();
    assertThat(
            new SecretFormats(List.of())
                .read(printed.group(2))
                .matches(Secret.of(printed.group(1))))
        .isTrue();
    assertThat(err()).isEmpty();
  }

  @Test
  void each_secret_is_new() throws IOException {
    run("", "new-secret");
    String first = out();
    out.reset();
    run("", "new-secret");

    assertThat(out()).isNotEqualTo(first);
  }

  @Test
  void hash_secret() throws IOException {
    assertThat(run("p\u00E4ss w\u00F6rd", "hash-secret")).isZero();

    Matcher printed = Pattern.compile("hash:   (\\$pbkdf2-sha256\\$\\S+)\\R").matcher(out());
    assertThat(printed.matches()).isTrue();
    assertThat(
            new SecretFormats(List.of())
                .read(printed.group(1))
                .matches(Secret.of("p\u00E4ss w\u00F6rd")))
        .isTrue();
    assertThat(err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\tb", "a\u0000", "\u001B[A"})
  void hash_secret_of_what_is_none(String input) throws IOException {
    assertThat(run(input, "hash-secret")).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(err())
        .isEqualToNormalizingNewlines("A secret is a line of text without control characters.\n");
  }

  @Test
  void input_that_cannot_be_read() {
    SecretCommand command =
        new SecretCommand(
            new SecureRandom(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> {
              throw new IOException("closed");
            });

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> command.run(new String[] {"hash-secret"}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "help", "new-secret x", "NEW-SECRET", "hash-secret secret"})
  @DisplayName("usage: a secret is never taken from the command line")
  void usage(String arguments) throws IOException {
    assertThat(run("", arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(err())
        .startsWith("Usage: java -jar JAR COMMAND")
        .contains("new-secret", "hash-secret");
  }
}
