package dev.postern.core.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.postern.core.CodeGrant;
import dev.postern.core.Issuance;
import dev.postern.core.RandomTokens;
import dev.postern.core.Revocation;
import dev.postern.core.Scope;
import dev.postern.core.StandardReason;
import dev.postern.core.StoredCode;
import dev.postern.core.TokenHash;
import dev.postern.core.UnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("texts are kept as they are, or not at all")
class StoredTextTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String URI = "https://shop.example/";

  private final RandomTokens random = new RandomTokens(new SecureRandom());
  private final Nodes nodes = new Nodes();
  private final JdbcStore store = nodes.store();
  private final TokenHash code = TokenHash.of(random.next());
  private final TokenHash access = TokenHash.of(random.next());

  @AfterEach
  void close() {
    nodes.close();
  }

  private static CodeGrant grant(String clientId, String subject, Scope scope, String uri) {
    return new CodeGrant(clientId, subject, scope, uri, false, Optional.empty());
  }

  private static Scope scopeOf(int characters) {
    return Scope.of("s".repeat(characters));
  }

  private Issuance issuance(Issuance.Spend spend, String clientId, String subject, Scope scope) {
    return new Issuance(
        clientId,
        subject,
        spend,
        Optional.of(new Issuance.NewAccessToken(access, scope, MINUTE)),
        Optional.empty());
  }

  private static void assertTooLong(ThrowingCallable call, String message) {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(call)
        .withMessage(message)
        .extracting(e -> e.refusal().reason())
        .isEqualTo(StandardReason.STORE_UNAVAILABLE);
  }

  // Not every reader of test reports takes these texts for a name.
  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "O'Brien; DROP TABLE postern_code; --",
        "\"alice\" \\' \\\" `x` $$ ? ?? :a {fn now()} %_",
        "Zoë Ωμέγα 漢字 \uD83D\uDE00\uD83C\uDDE9\uD83C\uDDEA e\u0301",
        "tab\tbell\u0007escape\u001B\u0085\u2028delete\u007F",
        " leading and trailing  ",
        "\r\n"
      })
  void round_trip(String text) {
    CodeGrant grant = grant(text, text, Scope.of("read'; write!"), URI + text);
    store.saveCode(code, grant, MINUTE);
    assertThat(store.commit(issuance(new Issuance.Spend.Nothing(), text, text, Scope.EMPTY)))
        .isTrue();

    assertThat(store.findCode(code)).map(StoredCode::grant).contains(grant);
    assertThat(store.findAccessToken(access))
        .hasValueSatisfying(
            token -> {
              assertThat(token.clientId()).isEqualTo(text);
              assertThat(token.subject()).isEqualTo(text);
              assertThat(token.scope()).isEqualTo(Scope.EMPTY);
            });
    store.revoke(new Revocation.OfSubject(text + " "));
    store.revoke(new Revocation.OfSubject(text.strip() + "x"));
    assertThat(store.findAccessToken(access)).isPresent();
    store.revoke(new Revocation.OfSubject(text));
    assertThat(store.findAccessToken(access)).isEmpty();
  }

  @Test
  void the_longest() {
    CodeGrant grant =
        grant("c".repeat(255), "s".repeat(255), scopeOf(4_000), URI + "u".repeat(3_979));
    store.saveCode(code, grant, MINUTE);

    assertThat(store.findCode(code)).map(StoredCode::grant).contains(grant);
    assertThat(
            store.commit(
                issuance(
                    new Issuance.Spend.Code(code),
                    grant.clientId(),
                    grant.subject(),
                    grant.scope())))
        .isTrue();
  }

  @Test
  @DisplayName("one character more: 9001, with what is too long, without the text")
  void too_long() {
    String id = "c".repeat(256);
    Scope scope = scopeOf(4_001);

    assertTooLong(
        () -> store.saveCode(code, grant("shop", id, Scope.EMPTY, URI), MINUTE),
        "subject has 256 characters, and the tables have room for 255");
    assertTooLong(
        () -> store.saveCode(code, grant(id, "alice", Scope.EMPTY, URI), MINUTE),
        "client_id has 256 characters, and the tables have room for 255");
    assertTooLong(
        () -> store.saveCode(code, grant("shop", "alice", scope, URI), MINUTE),
        "scope has 4001 characters, and the tables have room for 4000");
    assertTooLong(
        () ->
            store.saveCode(
                code, grant("shop", "alice", Scope.EMPTY, URI + "u".repeat(4_000)), MINUTE),
        "redirect_uri has 4021 characters, and the tables have room for 4000");
    assertThat(nodes.count("postern_code")).isZero();
    assertTooLong(
        () ->
            store.commit(issuance(new Issuance.Spend.Nothing(), "batch", "alice", scopeOf(4_001))),
        "scope has 4001 characters, and the tables have room for 4000");
    assertTooLong(
        () -> store.commit(issuance(new Issuance.Spend.Nothing(), "batch", id, Scope.EMPTY)),
        "subject has 256 characters, and the tables have room for 255");
    assertThat(nodes.count("postern_access_token")).isZero();
  }

  @Test
  @DisplayName("I2: a code stays as it was")
  void nothing_half_done() {
    store.saveCode(code, grant("shop", "alice", Scope.EMPTY, URI), MINUTE);
    Issuance.Spend spend = new Issuance.Spend.Code(code);

    assertTooLong(
        () -> store.commit(issuance(spend, "shop", "alice", scopeOf(4_001))),
        "scope has 4001 characters, and the tables have room for 4000");

    assertThat(nodes.count("postern_family")).isZero();
    assertThat(store.commit(issuance(spend, "shop", "alice", Scope.EMPTY))).isTrue();
  }
}
