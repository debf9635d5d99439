package dev.postern.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postern.core.Secret;
import dev.postern.core.SecretHash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

@DisplayName("bcrypt hashes that an older system left behind")
class BcryptSecretsTest {
  private static final String ABC = "$2a$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm";

  private static SecretHash read(String text) {
    return new BcryptSecrets().read(text).orElseThrow();
  }

  private static boolean matches(String hash, String secret) {
    return read(hash).matches(Secret.of(secret));
  }

  @ParameterizedTest
  @CsvSource({
    "'', $2a$08$HqWuK6/Ng6sg9gQzbLrgb.Tl.ZHfXLhvt/SgVyWhQqgqcZ7ZuUtye",
    "a, $2a$08$cfcvVd2aQ8CMvoMpP2EBfeodLEkkFJ9umNEfPD18.hUF62qqlC/V.",
    "abc, $2a$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm",
    "abcdefghijklmnopqrstuvwxyz, $2a$08$aTsUwsyowQuzRrDqFflhgekJ8d9/7Z3GV3UcgvzQW3J5zMyrTvlz.",
    "'~!@#$%^&*()      ~!@#$%^&*()PNBFRD',"
        + " $2a$08$Eq2r4G/76Wv39MzSX262huzPz612MZiYHVUJe/OcOql2jo4.9UxTW"
  })
  @DisplayName("the vectors of the reference implementation")
  void known_answers(String secret, String hash) {
    assertThat(matches(hash, secret)).isTrue();
    assertThat(matches(hash, secret + "x")).isFalse();
  }

  @Test
  @DisplayName("agrees with another implementation, whatever the secret, version and cost")
  void oracle() {
    Random chance = new Random(7);
    String[] versions = {"$2a", "$2b", "$2y"};
    for (int i = 0; i < 9; i++) {
      StringBuilder secret = new StringBuilder();
      for (int length = chance.nextInt(24); length > 0; length--) {
        secret.appendCodePoint(1 + chance.nextInt(0x2FF));
      }
      String hash =
          BCrypt.hashpw(
              secret.toString(),
              BCrypt.gensalt(versions[i % 3], i == 8 ? 9 : 8, new SecureRandom()));
      assertThat(matches(hash, secret.toString())).as(hash).isTrue();
    }
  }

  @Test
  void versions_are_but_names() {
    assertThat(matches(ABC.replace("$2a", "$2b"), "abc")).isTrue();
    assertThat(matches(ABC.replace("$2a", "$2y"), "abc")).isTrue();
  }

  @Test
  @DisplayName("octets above 0x7F count in full")
  void not_sign_extended() {
    byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    assertThat(Bcrypt.hash(new byte[] {(byte) 0xFF, (byte) 0xA3, 0}, salt, 4))
        .isNotEqualTo(Bcrypt.hash(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xA3, 0}, salt, 4))
        .isNotEqualTo(Bcrypt.hash(new byte[] {(byte) 0xFF, 0x23, 0}, salt, 4));
  }

  @Test
  @DisplayName("secrets that share their first 72 octets stay different")
  void seventy_two_octets() {
    String exactly = "x".repeat(72);
    String hash = BCrypt.hashpw(exactly, BCrypt.gensalt("$2b", 8));

    assertThat(matches(hash, exactly)).isTrue();
    assertThat(matches(hash, exactly + "y")).isFalse();
    assertThat(matches(hash, exactly + "x")).isFalse();
    assertThat(matches(hash, "x".repeat(71))).isFalse();
  }

  @Test
  void seventy_one_and_seventy_two_octets_in_more_than_one_octet_each() {
    String odd = "\u00E4".repeat(35) + "x";
    String even = "\u00E4".repeat(36);

    assertThat(matches(BCrypt.hashpw(odd, BCrypt.gensalt("$2b", 8)), odd)).isTrue();
    String hash = BCrypt.hashpw(even, BCrypt.gensalt("$2b", 8));
    assertThat(matches(hash, even)).isTrue();
    assertThat(matches(hash, even + "x")).isFalse();
  }

  @Test
  @DisplayName("secrets with NUL stay different")
  void nul() {
    assertThat(matches(ABC, "abc\0")).isFalse();
    assertThat(matches(ABC, "abc\0abc")).isFalse();
    assertThat(matches(ABC, "abc\0abc\0abc")).isFalse();
    assertThat(matches("$2a$08$HqWuK6/Ng6sg9gQzbLrgb.Tl.ZHfXLhvt/SgVyWhQqgqcZ7ZuUtye", "\0"))
        .isFalse();
  }

  @Test
  void other_formats_are_left_to_others() {
    assertThat(new BcryptSecrets().read("$sha256$x")).isEmpty();
    assertThat(new BcryptSecrets().read("")).isEmpty();
    assertThat(new BcryptSecrets().read("2a$08$")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2",
        "$2a$",
        "$2x$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm",
        "$2$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm",
        "$2a$8$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm",
        "$2a$008$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm",
        "$2a$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKc",
        "$2a$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcmm",
        "$2a$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxK+m",
        "$2a$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm "
      })
  void broken(String hash) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(hash))
        .withMessage("not a bcrypt hash of version 2a, 2b or 2y");
  }

  @ParameterizedTest
  @CsvSource({"00, 0", "04, 4", "07, 7", "15, 15", "31, 31", "99, 99"})
  @DisplayName("a cost that is too low is guessed too fast; one that is absurd keeps us busy")
  void cost(String written, int cost) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(ABC.replace("$08$", "$" + written + "$")))
        .withMessage("the cost has to be 8 to 14, not " + cost);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08", "14"})
  void cost_at_its_limits(String cost) {
    assertThat(read(ABC.replace("$08$", "$" + cost + "$")).isGuessable()).isTrue();
  }

  @Test
  void prints_nothing() {
    assertThat(read(ABC)).hasToString("slow hash");
    assertThat(read(ABC).isWrittenAs(Secret.of(ABC))).isTrue();
    assertThat(read(ABC).isWrittenAs(Secret.of("abc"))).isFalse();
  }
}
