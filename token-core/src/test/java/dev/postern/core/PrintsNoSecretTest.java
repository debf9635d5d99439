package dev.postern.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.postern.core.memory.MemoryClients;
import dev.postern.core.secret.SecretFormats;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Forms;
import dev.postern.core.testing.TestClients;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("I8: no secret, code, token, verifier or assertion appears in a toString")
class PrintsNoSecretTest {
  private static final String CANARY = "canary-0123456789-0123456789-0123456789-012";
  private static final Secret SECRET = Secret.of(CANARY);
  private static final RefreshToken REFRESH =
      RefreshToken.parse(CANARY + "canary-canary-canary-c").orElseThrow();
  private static final TokenHash HASH = TokenHash.of(SECRET);
  private static final CodeChallenge CHALLENGE = CodeChallenge.plain(CANARY);
  private static final Scope SCOPE = Scope.of("read");

  private static final IssuedTokens TOKENS =
      new IssuedTokens(
          SECRET,
          "Bearer",
          Duration.ofMinutes(1),
          Optional.of(SECRET),
          SCOPE,
          Map.of("device_secret", CANARY));

  static Stream<Arguments> values() {
    Form form =
        Form.of(
            "client_secret", CANARY, "code", CANARY, "refresh_token", CANARY, "password", CANARY);
    AuthorizationHeader basic = Forms.basic("batch", CANARY);
    TokenRequest request = TokenRequest.of(basic, form);
    ParsedRequest parsed = new ParsedRequest(request);
    AuthenticatedClient client =
        new AuthenticatedClient(
            TestClients.batch().build(),
            parsed,
            Optional.of(new IdAndSecret("batch", SECRET)),
            Optional.empty());
    GrantRequest grantRequest = new GrantRequest(client, "client_credentials", Optional.of(SCOPE));
    AuthorizedGrant grant =
        AuthorizedGrant.of(client, "alice", SCOPE)
            .spending(new AuthorizedGrant.Spend.Rotation(REFRESH))
            .withMembers(Map.of("device_secret", CANARY));
    SealedAnswer sealed = SealedAnswer.seal(TOKENS, REFRESH, true);
    CodeGrant codeGrant =
        new CodeGrant("shop", "alice", SCOPE, "https://x", true, Optional.of(CHALLENGE));
    Issuance.Spend.Rotation rotation =
        new Issuance.Spend.Rotation(
            HASH, HASH, Optional.of(sealed), Duration.ofMinutes(1), "192.0.2.7");
    Issuance.NewAccessToken access =
        new Issuance.NewAccessToken(HASH, SCOPE, Duration.ofMinutes(1));
    Issuance.NewRefreshToken refresh =
        new Issuance.NewRefreshToken(HASH, HASH, SCOPE, Duration.ZERO, Duration.ZERO);
    SecretHash hash = new SecretFormats(List.of()).read(Sha256Secrets.hash(SECRET));
    ClientSecret clientSecret = new ClientSecret(hash, Optional.empty(), "2026");
    return Stream.of(
            SECRET,
            new IdAndSecret("batch", SECRET),
            basic,
            new AuthorizationHeader.Other("Bearer", SECRET),
            new AuthorizationHeader.Malformed("no colon"),
            form,
            Form.builder().add("code", CANARY),
            new Parameters(form),
            request,
            parsed,
            client,
            grantRequest,
            grant,
            grant.spends(),
            new AuthorizedGrant.Spend.Code(HASH),
            GrantDecision.authorize(grant),
            new GrantDecision.Repeat(TOKENS, "alice"),
            TOKENS,
            new TokenResult.Issued(TOKENS, client, "client_credentials", "alice", true, false),
            Outcome.of(TOKENS),
            AccessToken.opaque(SECRET),
            REFRESH,
            HASH,
            sealed,
            SealedAnswer.ofOctets(sealed.octets()),
            CHALLENGE,
            CodeRequest.of("shop", "alice").codeChallenge(CANARY, "plain"),
            codeGrant,
            new StoredCode(codeGrant, Life.LIVE),
            new StoredRefreshToken(
                "shop", "alice", SCOPE, Life.LIVE, Duration.ZERO, Optional.of(sealed), ""),
            new StoredAccessToken("shop", "alice", SCOPE, Duration.ZERO),
            rotation,
            access,
            refresh,
            new Issuance("shop", "alice", rotation, Optional.of(access), Optional.of(refresh)),
            new Revocation.OfFamily(HASH),
            new Revocation.OfCode(HASH),
            new Revocation.OfAccessToken(HASH),
            hash,
            clientSecret,
            TestClients.batch().secret(clientSecret).build(),
            TestClients.batch().secret(clientSecret),
            new MemoryClients(List.of(TestClients.batch().secret(clientSecret).build()), 1))
        .map(value -> Arguments.of(value.getClass().getSimpleName(), value));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void prints_none(String type, Object value) {
    assertThat(value.toString())
        .doesNotContain("canary")
        .doesNotContain(CHALLENGE.s256())
        .doesNotContain(Sha256Secrets.hash(SECRET).substring(8))
        .hasSizeLessThan(1_000);
  }

  @Test
  void names_are_printed() {
    Form form = Form.of("grant_type", "x", "code", CANARY);

    assertThat(form).hasToString("Form[grant_type, code]");
    assertThat(new Parameters(form)).hasToString("Parameters of Form[grant_type, code]");
    assertThat(SECRET).hasToString("***");
    assertThat(REFRESH).hasToString("***");
    assertThat(TOKENS)
        .hasToString(
            "IssuedTokens[type=Bearer, expiresIn=PT1M, scope=read, members=[device_secret]]");
    assertThat(new ClientSecret(TestClients.secret("x").hash(), Optional.empty(), "2026"))
        .hasToString("ClientSecret 2026");
    assertThat(TestClients.batch().build()).hasToString("Client batch");
    assertThat(CHALLENGE).hasToString("CodeChallenge");
    assertThat(HASH).hasToString("TokenHash");
    assertThat(SealedAnswer.seal(TOKENS, REFRESH, true)).hasToString("SealedAnswer");
    assertThat(CodeRequest.of("shop", "alice")).hasToString("CodeRequest of client shop");
    ParsedRequest parsed = new ParsedRequest(TokenRequest.of(Forms.NO_HEADER, form));
    assertThat(parsed).hasToString("ParsedRequest with Parameters of Form[grant_type, code]");
    AuthenticatedClient client =
        new AuthenticatedClient(
            TestClients.batch().build(), parsed, Optional.empty(), Optional.empty());
    assertThat(new GrantRequest(client, "client_credentials", Optional.empty()))
        .hasToString("GrantRequest of AuthenticatedClient batch");
    assertThat(
            AuthorizedGrant.of(client, "alice", SCOPE).withMembers(Map.of("device_secret", CANARY)))
        .hasToString(
            "AuthorizedGrant[client=batch, subject=alice, scope=read, members=[device_secret]]");
  }

  @Test
  void what_is_refused_holds_no_secret() {
    Endpoint endpoint = Endpoint.standard();
    List<TokenResult> refused =
        List.of(
            endpoint.handle(Forms.basic("batch", CANARY), Forms.clientCredentials()),
            endpoint.handle(Forms.basic("shop", TestClients.SHOP_SECRET), Forms.code(CANARY)),
            endpoint.handle(Forms.basic("shop", TestClients.SHOP_SECRET), Forms.refresh(CANARY)),
            endpoint.handle(
                Forms.basic("shop", TestClients.SHOP_SECRET), Forms.password("alice", CANARY)),
            endpoint.handle(Forms.NO_HEADER, Form.of("client_assertion", CANARY)),
            endpoint.handle(
                Forms.NO_HEADER, Form.of("client_secret", CANARY, "client_secret", CANARY)));

    assertThat(refused).allSatisfy(each -> assertThat(each.toString()).doesNotContain("canary"));
  }

  // Values that compare

  @Test
  void secrets_compare_by_their_text() {
    assertThat(SECRET)
        .isEqualTo(Secret.of(CANARY))
        .hasSameHashCodeAs(Secret.of(CANARY))
        .isNotEqualTo(Secret.of(CANARY + "x"))
        .isNotEqualTo(CANARY);
    assertThat(SECRET.matches(Secret.of(CANARY))).isTrue();
    assertThat(SECRET.matches(Secret.of(""))).isFalse();
    assertThat(SECRET.reveal()).isEqualTo(CANARY);
    assertThat(SECRET.utf8()).isNotSameAs(SECRET.utf8()).isEqualTo(SECRET.utf8());
  }

  @Test
  void hashes_compare_by_all_of_their_octets() {
    byte[] octets = HASH.octets();

    assertThat(octets).isEqualTo(Sha256.of(SECRET.utf8())).hasSize(32);
    assertThat(TokenHash.ofOctets(octets)).isEqualTo(HASH).hasSameHashCodeAs(HASH);
    assertThat(HASH).isNotEqualTo("hash");
    for (int i = 0; i < 32; i++) {
      byte[] other = octets.clone();
      other[i] ^= 1;
      assertThat(TokenHash.ofOctets(other)).isNotEqualTo(HASH);
      assertThat(HASH).isNotEqualTo(TokenHash.ofOctets(other));
    }
  }

  @Test
  void different_values_have_different_hash_codes() {
    assertThat(HASH).doesNotHaveSameHashCodeAs(TokenHash.of(Secret.of("other")));
    assertThat(SECRET).doesNotHaveSameHashCodeAs(Secret.of("other"));
    assertThat(SCOPE).doesNotHaveSameHashCodeAs(Scope.of("other"));
    assertThat(CHALLENGE).doesNotHaveSameHashCodeAs(CodeChallenge.plain("x".repeat(43)));
  }

  @Test
  void a_hash_has_32_octets() {
    for (int length : new int[] {0, 31, 33}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TokenHash.ofOctets(new byte[length]))
          .withMessage("a SHA-256 has 32 octets, not " + length);
    }
  }

  @Test
  @DisplayName("a sealed answer opens with the token it was sealed under, and with no other")
  void sealed_answers() {
    SealedAnswer sealed = SealedAnswer.seal(TOKENS, REFRESH, true);
    RefreshToken other = REFRESH.next(new RandomTokens(new SecureRandom()));

    IssuedTokens opened = sealed.open(REFRESH, Duration.ofSeconds(20), hash -> true).orElseThrow();
    assertThat(opened.accessToken()).isEqualTo(SECRET);
    assertThat(opened.refreshToken()).contains(SECRET);
    assertThat(opened.expiresIn()).isEqualTo(Duration.ofSeconds(40));
    assertThat(opened.scope()).isEqualTo(SCOPE);
    assertThat(opened.type()).isEqualTo("Bearer");
    assertThatIllegalStateException()
        .isThrownBy(() -> sealed.open(other, Duration.ZERO, hash -> true))
        .withMessage("a sealed answer cannot be sealed or opened");
    byte[] changed = sealed.octets();
    changed[0] ^= 1;
    assertThatIllegalStateException()
        .isThrownBy(
            () -> SealedAnswer.ofOctets(changed).open(REFRESH, Duration.ZERO, hash -> true));
    assertThat(new String(sealed.octets(), StandardCharsets.ISO_8859_1)).doesNotContain("canary");
  }

  @Test
  void a_sealed_answer_without_a_refresh_token() {
    IssuedTokens alone =
        new IssuedTokens(
            SECRET, "Bearer", Duration.ofMinutes(1), Optional.empty(), Scope.EMPTY, Map.of());

    // Nor is it looked for where it was never kept.
    assertThat(SealedAnswer.seal(alone, REFRESH, false).open(REFRESH, Duration.ZERO, hash -> false))
        .hasValue(alone);
  }
}
