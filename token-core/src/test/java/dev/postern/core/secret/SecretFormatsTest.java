package dev.postern.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postern.core.Secret;
import dev.postern.core.SecretHash;
import dev.postern.core.SecretVerifier;
import dev.postern.core.testing.CountedHash;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("how secrets are stored")
class SecretFormatsTest {
  /** SHA-256 of "secret". */
  private static final String SHA256 = "$sha256$K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols";

  /** Made with another implementation (OpenSSL), of the octets 0 to 15 as salt. */
  private static final String PBKDF2 =
      "$pbkdf2-sha256$i=100000$AAECAwQFBgcICQoLDA0ODw"
          + "$SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4";

  private static final String PBKDF2_OF_OTHER_SCRIPTS =
      "$pbkdf2-sha256$i=100000$AAECAwQFBgcICQoLDA0ODw"
          + "$w1MevVWFnAj3_XoUQhp1MhgLDPQyXR9bAXqe-Y5TqJs";

  private final SecretFormats formats = new SecretFormats(List.of());

  private boolean matches(String hash, String secret) {
    return formats.read(hash).matches(Secret.of(secret));
  }

  // SHA-256

  @Test
  void sha256() {
    assertThat(Sha256Secrets.hash(Secret.of("secret"))).isEqualTo(SHA256);
    assertThat(matches(SHA256, "secret")).isTrue();
    assertThat(matches(SHA256, "Secret")).isFalse();
    assertThat(matches(SHA256, "secret\0")).isFalse();
    assertThat(matches(SHA256, "")).isFalse();
    assertThat(matches(SHA256, SHA256)).isFalse();
  }

  @Test
  @DisplayName("secrets that share their first 72 octets, or have NUL, stay different")
  void long_secrets() {
    String shared = "x".repeat(72);
    String hash = Sha256Secrets.hash(Secret.of(shared + "a"));

    assertThat(matches(hash, shared + "a")).isTrue();
    assertThat(matches(hash, shared + "b")).isFalse();
    assertThat(matches(hash, shared)).isFalse();
    assertThat(matches(hash, shared + "a\0")).isFalse();
  }

  @Test
  void sha256_is_for_secrets_that_nobody_can_guess() {
    SecretHash hash = formats.read(SHA256);

    assertThat(hash.isGuessable()).isFalse();
    assertThat(hash.isWrittenAs(Secret.of(SHA256))).isTrue();
    assertThat(hash.isWrittenAs(Secret.of("secret"))).isFalse();
    assertThat(hash).hasToString("sha256");
  }

  @ParameterizedTest
  @CsvSource({
    "$sha256$, the hash has 0 octets where 32 belong",
    "$sha256$AAAA, the hash has 3 octets where 32 belong",
    "$sha256$K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_UnolsAAA, the hash has 34 octets where 32 belong",
    "$sha256$K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols, the hash is not base64url",
    "$sha256$K7gNU3sdo OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols, the hash is not base64url",
    "$sha256$K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols=, the hash is not base64url without padding",
    "$sha256$K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unolt, the hash is not base64url without padding"
  })
  void broken_sha256(String hash, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> formats.read(hash)).withMessage(message);
  }

  // PBKDF2

  @Test
  @DisplayName("RFC 8018 s5.2 with HMAC-SHA256, as others compute it")
  void pbkdf2() {
    assertThat(matches(PBKDF2, "correct horse battery staple")).isTrue();
    assertThat(matches(PBKDF2, "correct horse battery stapler")).isFalse();
    assertThat(matches(PBKDF2_OF_OTHER_SCRIPTS, "p\u00E4ssw\u00F6rd \u20AC")).isTrue();
    assertThat(matches(PBKDF2_OF_OTHER_SCRIPTS, "passwoerd EUR")).isFalse();
  }

  @Test
  void pbkdf2_of_nothing() {
    assertThat(matches(PBKDF2, "")).isFalse();
  }

  @Test
  void pbkdf2_that_we_make() {
    String hash = Pbkdf2Secrets.hash(Secret.of("chosen"), new SecureRandom());

    assertThat(hash).matches("\\$pbkdf2-sha256\\$i=600000\\$[A-Za-z0-9_-]{22}\\$[A-Za-z0-9_-]{43}");
    assertThat(matches(hash, "chosen")).isTrue();
    assertThat(formats.read(hash).isGuessable()).isTrue();
    assertThat(formats.read(hash).isWrittenAs(Secret.of(hash))).isTrue();
    assertThat(formats.read(hash).isWrittenAs(Secret.of(PBKDF2))).isFalse();
    assertThat(formats.read(hash)).hasToString("slow hash");
    // Another salt each time.
    assertThat(hash.substring(24, 46)).isNotEqualTo("AAAAAAAAAAAAAAAAAAAAAA");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$pbkdf2-sha256$",
        "$pbkdf2-sha256$i=100000$AAECAwQFBgcICQoLDA0ODw",
        "$pbkdf2-sha256$i=100000$AAECAwQFBgcICQoLDA0ODw$",
        "$pbkdf2-sha256$i=$AAECAwQFBgcICQoLDA0ODw$SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4",
        "$pbkdf2-sha256$i=0100000$AAECAwQFBgcICQoLDA0ODw$SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4",
        "$pbkdf2-sha256$i=-100000$AAECAwQFBgcICQoLDA0ODw$SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4",
        "$pbkdf2-sha256$i=99999999999$AAECAwQFBgcICQoLDA0ODw$SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4",
        "$pbkdf2-sha256$100000$AAECAwQFBgcICQoLDA0ODw$SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4",
        "$pbkdf2-sha256$i=100000$AA$EC$SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4"
      })
  void broken_pbkdf2(String hash) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> formats.read(hash))
        .withMessage("not of the form $pbkdf2-sha256$i=N$SALT$HASH");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 99_999, 2_000_001, 2_147_483_648L, 9_999_999_999L})
  @DisplayName("too few are guessed too fast; too many would let anybody keep us busy")
  void iterations(long iterations) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> formats.read(PBKDF2.replace("i=100000", "i=" + iterations)))
        .withMessage("i has to be 100000 to 2000000, not " + iterations);
  }

  @Test
  void iterations_at_their_limit() {
    assertThat(formats.read(PBKDF2.replace("i=100000", "i=2000000"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "AAECAwQFBgcICQoLDA0O, SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4,"
        + " the salt has fewer than 16 octets",
    "AAECAwQFBgcICQoLDA0ODw==, SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4,"
        + " the hash is not base64url without padding",
    "AAECAwQFBgcICQoLDA0OD*, SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4,"
        + " the hash is not base64url",
    "AAECAwQFBgcICQoLDA0ODw, SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKg,"
        + " the hash has 31 octets where 32 belong"
  })
  void salt_and_hash(String salt, String hash, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> formats.read("$pbkdf2-sha256$i=100000$" + salt + "$" + hash))
        .withMessage(message);
  }

  @Test
  void a_longer_salt() {
    assertThat(
            formats.read(
                "$pbkdf2-sha256$i=100000$AAECAwQFBgcICQoLDA0ODwAAECAw"
                    + "$SdScJfWXhGIJ8Nkud3CrZOHHXpS0zmxQkmXuZxddKh4"))
        .isNotNull();
  }

  // Which is which

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "{bcrypt}$2a$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm",
        "$SHA256$K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols",
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA",
        "5ebe2294ecd0e0f08eab7690d2a6ee69",
        " $sha256$K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols"
      })
  @DisplayName("what no format knows is refused, and not repeated")
  void unknown_format(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> formats.read(text))
        .withMessage("not a hash in a known format ($sha256$, $pbkdf2-sha256$, $2a$, $2b$, $2y$)");
  }

  @Test
  void each_of_ours_is_known() {
    assertThat(formats.read(SHA256)).hasToString("sha256");
    assertThat(formats.read(PBKDF2)).hasToString("slow hash");
    assertThat(formats.read("$2y$10$k1wbIrmNyFAPwPVPSVa/zecw2BCEnBwVS2GbrmgzxFUOqW9dk4TCW"))
        .hasToString("slow hash");
  }

  @Test
  void an_application_brings_its_own() {
    AtomicInteger computed = new AtomicInteger();
    SecretVerifier own =
        text ->
            text.startsWith("$counted$")
                ? Optional.of(CountedHash.chosen(text.substring(9), computed))
                : Optional.empty();
    SecretFormats more = new SecretFormats(List.of(own));

    assertThat(more.read("$counted$secret").matches(Secret.of("secret"))).isTrue();
    assertThat(more.read(SHA256).matches(Secret.of("secret"))).isTrue();
    assertThat(computed).hasValue(1);
  }

  @Test
  @DisplayName("I8: so it is of one whose message is not its own")
  void one_that_lets_others_speak() {
    SecretVerifier broken = text -> Optional.of(CountedHash.chosen(text + parsed(text), null));
    SecretFormats more = new SecretFormats(List.of(broken));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> more.read("$own$canary"))
        .withMessage(broken.getClass().getName() + " failed with java.lang.NumberFormatException");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecretFormats(List.of(text -> null)).read("$own$canary"))
        .withMessageEndingWith(" failed with java.lang.NullPointerException");
  }

  private static int parsed(String text) {
    return Integer.parseInt(text);
  }

  @Test
  @DisplayName("I8: of a format that breaks, only its name is told, not what it says")
  void one_that_breaks() {
    SecretVerifier broken =
        text -> {
          throw new IllegalStateException("cannot read " + text);
        };
    SecretFormats more = new SecretFormats(List.of(broken));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> more.read("$own$canary"))
        .withMessage(broken.getClass().getName() + " failed with java.lang.IllegalStateException")
        .withNoCause();
  }
}
