package dev.postern.core;

import static dev.postern.core.testing.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.testing.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link TokenStore} keeps to; a store's own test class extends it. */
public abstract class TokenStoreContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration GRACE = MINUTE;
  private static final Duration ACCESS = Duration.ofMinutes(10);
  private static final Duration REFRESH = Duration.ofDays(30);
  private static final Duration FAMILY = Duration.ofDays(180);
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final String SOURCE = "192.0.2.7";
  private static final Scope SCOPE = Scope.of("read write");

  private final RandomTokens random = new RandomTokens(new SecureRandom());

  /** The clock by which {@link #store} judges. */
  protected final SettableClock clock = new SettableClock();

  /** The store under test: always the same one within a test, empty at its start. */
  protected abstract TokenStore store();

  /** What users have allowed, where {@link #store} keeps it: empty at the start of a test. */
  protected abstract ConsentStore consents();

  // What there is to keep

  private TokenHash newHash() {
    return TokenHash.of(random.next());
  }

  private static CodeGrant grant(String clientId, String subject) {
    return new CodeGrant(
        clientId,
        subject,
        SCOPE,
        "https://shop.example/callback",
        true,
        Optional.of(CodeChallenge.s256("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")));
  }

  private TokenHash savedCode() {
    TokenHash code = newHash();
    store().saveCode(code, grant("shop", "alice"), MINUTE);
    return code;
  }

  private Optional<Issuance.NewAccessToken> access(TokenHash hash) {
    return access(hash, ACCESS);
  }

  private static Optional<Issuance.NewAccessToken> access(TokenHash hash, Duration lifetime) {
    return Optional.of(new Issuance.NewAccessToken(hash, Scope.of("read"), lifetime));
  }

  private static Optional<Issuance.NewRefreshToken> refresh(RefreshToken token) {
    return refresh(token, REFRESH, FAMILY);
  }

  private static Optional<Issuance.NewRefreshToken> refresh(
      RefreshToken token, Duration lifetime, Duration family) {
    return Optional.of(
        new Issuance.NewRefreshToken(token.familyHash(), token.hash(), SCOPE, lifetime, family));
  }

  private static Issuance issuance(
      Issuance.Spend spend,
      Optional<Issuance.NewAccessToken> access,
      Optional<Issuance.NewRefreshToken> refresh) {
    return new Issuance("shop", "alice", spend, access, refresh);
  }

  private static Issuance.Spend spending(TokenHash code) {
    return new Issuance.Spend.Code(code);
  }

  private boolean isCommitted(Issuance issuance) {
    return store().commit(issuance);
  }

  private void commit(Issuance issuance) {
    assertThat(store().commit(issuance)).isTrue();
  }

  /** A family begun by a code; the hash is that of its access token. */
  private RefreshToken family(TokenHash code, TokenHash access) {
    RefreshToken first = RefreshToken.first(random);
    commit(issuance(spending(code), access(access), refresh(first)));
    return first;
  }

  private RefreshToken family() {
    return family(savedCode(), newHash());
  }

  private IssuedTokens answer(RefreshToken token) {
    return new IssuedTokens(
        Secret.of("access"), "Bearer", ACCESS, Optional.of(token.value()), SCOPE, Map.of());
  }

  private Issuance rotation(RefreshToken old, RefreshToken next, TokenHash access) {
    return rotation(old, next, access, GRACE);
  }

  private Issuance rotation(RefreshToken old, RefreshToken next, TokenHash access, Duration grace) {
    return issuance(
        new Issuance.Spend.Rotation(
            old.familyHash(),
            old.hash(),
            grace.isZero()
                ? Optional.empty()
                : Optional.of(SealedAnswer.seal(answer(next), old, true)),
            grace,
            SOURCE),
        access(access),
        refresh(next));
  }

  private RefreshToken rotate(RefreshToken old) {
    RefreshToken next = old.next(random);
    commit(rotation(old, next, newHash()));
    return next;
  }

  private StoredRefreshToken found(RefreshToken token) {
    return store().findRefreshToken(token.familyHash(), token.hash()).orElseThrow();
  }

  private Life.State state(RefreshToken token) {
    return found(token).life().state();
  }

  private Life life(TokenHash code) {
    return store().findCode(code).orElseThrow().life();
  }

  private boolean isAlive(TokenHash accessToken) {
    return store().findAccessToken(accessToken).isPresent();
  }

  /** Gives a store that cleans itself as it is used the occasion to. */
  private void useStore() {
    for (int i = 0; i < 20; i++) {
      commit(
          new Issuance(
              "other",
              "other",
              new Issuance.Spend.Nothing(),
              access(newHash(), Duration.ofSeconds(1)),
              Optional.empty()));
    }
  }

  // Codes

  @Test
  void nothing_is_known_at_first() {
    assertThat(store().findCode(newHash())).isEmpty();
    assertThat(store().findAccessToken(newHash())).isEmpty();
    assertThat(store().findRefreshToken(newHash(), newHash())).isEmpty();
  }

  @Test
  void a_code_is_found_as_it_was_saved() {
    assertThat(store().findCode(savedCode()))
        .contains(new StoredCode(grant("shop", "alice"), Life.LIVE));
  }

  @Test
  void a_code_without_a_challenge_is_found_as_it_was_saved() {
    TokenHash code = newHash();
    CodeGrant plain =
        new CodeGrant("kiosk", "J\u00FCrgen", Scope.EMPTY, "app:/x", false, Optional.empty());
    store().saveCode(code, plain, MINUTE);

    assertThat(store().findCode(code)).contains(new StoredCode(plain, Life.LIVE));
  }

  @Test
  @DisplayName("a code ends at the instant at which its lifetime is over")
  void life_of_a_code() {
    TokenHash code = savedCode();

    clock.advance(MINUTE.minus(INSTANT));
    assertThat(life(code)).isEqualTo(Life.LIVE);
    clock.advance(INSTANT);
    assertThat(life(code)).isEqualTo(new Life(Life.State.EXPIRED, Duration.ZERO));
    clock.advance(MINUTE);
    assertThat(life(code)).isEqualTo(new Life(Life.State.EXPIRED, MINUTE));
  }

  @Test
  void a_live_code_is_spent_and_its_tokens_are_saved() {
    TokenHash code = savedCode();
    TokenHash access = newHash();
    clock.advance(MINUTE.minus(INSTANT));
    RefreshToken refresh = family(code, access);

    assertThat(life(code)).isEqualTo(new Life(Life.State.SPENT, Duration.ZERO));
    assertThat(store().findAccessToken(access))
        .contains(new StoredAccessToken("shop", "alice", Scope.of("read"), ACCESS));
    assertThat(found(refresh))
        .isEqualTo(
            new StoredRefreshToken(
                "shop", "alice", SCOPE, Life.LIVE, REFRESH, Optional.empty(), ""));
    clock.advance(MINUTE);
    assertThat(life(code)).isEqualTo(new Life(Life.State.SPENT, MINUTE));
  }

  @Test
  @DisplayName("I1: at most one family comes of one code; I2: a commit that fails changes nothing")
  void a_code_is_spent_once() {
    TokenHash code = savedCode();
    TokenHash access = newHash();
    RefreshToken refresh = family(code, access);
    TokenHash late = newHash();
    RefreshToken lateRefresh = RefreshToken.first(random);

    assertThat(isCommitted(issuance(spending(code), access(late), refresh(lateRefresh)))).isFalse();
    assertThat(isAlive(late)).isFalse();
    assertThat(store().findRefreshToken(lateRefresh.familyHash(), lateRefresh.hash())).isEmpty();
    assertThat(isAlive(access)).isTrue();
    assertThat(state(refresh)).isEqualTo(Life.State.LIVE);
  }

  @Test
  @DisplayName("I2: what is not alive cannot be spent")
  void a_dead_code_is_not_spent() {
    TokenHash expired = savedCode();
    clock.advance(MINUTE);
    TokenHash revoked = savedCode();
    store().revoke(new Revocation.OfCode(revoked));

    for (TokenHash code : List.of(expired, revoked, newHash())) {
      TokenHash access = newHash();
      RefreshToken refresh = RefreshToken.first(random);
      assertThat(isCommitted(issuance(spending(code), access(access), refresh(refresh)))).isFalse();
      assertThat(isAlive(access)).isFalse();
      assertThat(store().findRefreshToken(refresh.familyHash(), refresh.hash())).isEmpty();
    }
    assertThat(life(expired).state()).isEqualTo(Life.State.EXPIRED);
    assertThat(life(revoked).state()).isEqualTo(Life.State.REVOKED);
  }

  // Access tokens

  @Test
  @DisplayName("an access token ends at the instant at which its lifetime is over")
  void life_of_an_access_token() {
    TokenHash access = newHash();
    commit(issuance(new Issuance.Spend.Nothing(), access(access), Optional.empty()));

    clock.advance(ACCESS.minus(INSTANT));
    assertThat(store().findAccessToken(access).orElseThrow().expiresIn()).isEqualTo(INSTANT);
    clock.advance(INSTANT);
    assertThat(store().findAccessToken(access)).isEmpty();
  }

  @Test
  void tokens_that_spend_nothing() {
    TokenHash access = newHash();
    RefreshToken refresh = RefreshToken.first(random);
    commit(issuance(new Issuance.Spend.Nothing(), access(access), refresh(refresh)));

    assertThat(isAlive(access)).isTrue();
    assertThat(state(refresh)).isEqualTo(Life.State.LIVE);
    store().revoke(new Revocation.OfFamily(refresh.familyHash()));
    assertThat(isAlive(access)).isFalse();
    assertThat(state(refresh)).isEqualTo(Life.State.REVOKED);
  }

  @Test
  void a_refresh_token_without_an_access_token_to_keep() {
    RefreshToken refresh = RefreshToken.first(random);
    TokenHash code = savedCode();
    commit(issuance(spending(code), Optional.empty(), refresh(refresh)));

    assertThat(state(refresh)).isEqualTo(Life.State.LIVE);
    store().revoke(new Revocation.OfCode(code));
    assertThat(state(refresh)).isEqualTo(Life.State.REVOKED);
  }

  @Test
  void a_code_for_which_nothing_is_kept() {
    TokenHash code = savedCode();
    commit(issuance(spending(code), Optional.empty(), Optional.empty()));

    assertThat(life(code).state()).isEqualTo(Life.State.SPENT);
    assertThat(isCommitted(issuance(spending(code), Optional.empty(), Optional.empty()))).isFalse();
  }

  // Rotation

  @Test
  void rotation_puts_the_new_token_in_the_place_of_the_old() {
    TokenHash before = newHash();
    RefreshToken old = family(savedCode(), before);
    RefreshToken next = old.next(random);
    TokenHash access = newHash();
    clock.advance(MINUTE);
    commit(rotation(old, next, access));

    assertThat(state(next)).isEqualTo(Life.State.LIVE);
    assertThat(found(old).life()).isEqualTo(new Life(Life.State.SPENT, Duration.ZERO));
    assertThat(isAlive(access)).isTrue();
    assertThat(isAlive(before)).isTrue();
    assertThat(found(next).answer()).isEmpty();
  }

  @Test
  @DisplayName("I4: the sealed answer is found until the grace is over")
  void answer_within_the_grace() {
    RefreshToken old = family();
    RefreshToken next = rotate(old);

    assertThat(opened(old).refreshToken()).contains(next.value());
    clock.advance(GRACE.minus(INSTANT));
    assertThat(opened(old).expiresIn()).isEqualTo(ACCESS.minus(GRACE).plus(INSTANT));
    clock.advance(INSTANT);
    assertThat(found(old).answer()).isEmpty();
    assertThat(found(old).life().state()).isEqualTo(Life.State.SPENT);
    useStore();
    assertThat(found(old).answer()).isEmpty();
    assertThat(state(next)).isEqualTo(Life.State.LIVE);
  }

  private IssuedTokens opened(RefreshToken old) {
    StoredRefreshToken found = found(old);
    // As who stores octets has it.
    SealedAnswer stored = SealedAnswer.ofOctets(found.answer().orElseThrow().octets());
    return stored.open(old, found.life().since(), hash -> true).orElseThrow();
  }

  @Test
  @DisplayName("a clock that is set back leaves nothing that ended in the future, or lives longer")
  void clock_set_back() {
    TokenHash code = savedCode();
    RefreshToken old = family(code, newHash());
    rotate(old);
    clock.advance(Duration.ofSeconds(-3));

    assertThat(life(code)).isEqualTo(new Life(Life.State.SPENT, Duration.ZERO));
    assertThat(found(old).life()).isEqualTo(new Life(Life.State.SPENT, Duration.ZERO));
    assertThat(opened(old).expiresIn()).isEqualTo(ACCESS);
  }

  @Test
  @DisplayName("I4: the answer is erased when the successor is used")
  void answer_after_the_successor_was_used() {
    RefreshToken first = family();
    RefreshToken second = rotate(first);
    RefreshToken third = rotate(second);

    assertThat(found(first).answer()).isEmpty();
    assertThat(state(first)).isEqualTo(Life.State.SPENT);
    assertThat(opened(second).refreshToken()).contains(third.value());
  }

  @Test
  void rotation_that_may_not_be_retried() {
    RefreshToken old = family();
    commit(rotation(old, old.next(random), newHash(), Duration.ZERO));

    assertThat(found(old).answer()).isEmpty();
    assertThat(state(old)).isEqualTo(Life.State.SPENT);
  }

  private Issuance rotationFrom(String source, RefreshToken old, RefreshToken next) {
    return issuance(
        new Issuance.Spend.Rotation(
            old.familyHash(), old.hash(), Optional.empty(), Duration.ZERO, source),
        access(newHash()),
        refresh(next));
  }

  @Test
  @DisplayName("of a family the address of the last rotation is kept, and of a revoked one none")
  void where_the_last_rotation_came_from() {
    RefreshToken first = family();
    assertThat(found(first).rotatedFrom()).isEmpty();
    RefreshToken second = first.next(random);
    commit(rotationFrom("192.0.2.8", first, second));
    assertThat(found(first).rotatedFrom()).isEqualTo("192.0.2.8");
    RefreshToken third = second.next(random);
    commit(rotationFrom("2001:db8:0:0::/64", second, third));

    for (RefreshToken token : List.of(first, second, third)) {
      assertThat(found(token).rotatedFrom()).isEqualTo("2001:db8:0:0::/64");
    }
    store().revoke(new Revocation.OfFamily(first.familyHash()));
    assertThat(found(second).rotatedFrom()).isEmpty();
  }

  @Test
  void an_address_that_is_no_address_is_cut_or_left_out() {
    RefreshToken first = family();
    RefreshToken second = first.next(random);
    commit(rotationFrom("x".repeat(65), first, second));
    assertThat(found(first).rotatedFrom()).isEqualTo("x".repeat(64));
    commit(rotationFrom("", second, second.next(random)));
    assertThat(found(first).rotatedFrom()).isEmpty();
  }

  @Test
  void a_refresh_token_is_spent_once() {
    RefreshToken old = family();
    RefreshToken next = rotate(old);
    RefreshToken late = old.next(random);
    TokenHash access = newHash();

    assertThat(isCommitted(rotation(old, late, access))).isFalse();
    assertThat(isAlive(access)).isFalse();
    assertThat(state(late)).isEqualTo(Life.State.SPENT);
    assertThat(state(next)).isEqualTo(Life.State.LIVE);
    assertThat(opened(old).refreshToken()).contains(next.value());
  }

  @Test
  void a_dead_refresh_token_is_not_spent() {
    RefreshToken expired = family();
    clock.advance(REFRESH);
    RefreshToken revoked = family();
    store().revoke(new Revocation.OfFamily(revoked.familyHash()));

    for (RefreshToken old : List.of(expired, revoked, RefreshToken.first(random))) {
      TokenHash access = newHash();
      assertThat(isCommitted(rotation(old, old.next(random), access))).isFalse();
      assertThat(isAlive(access)).isFalse();
    }
    assertThat(state(expired)).isEqualTo(Life.State.EXPIRED);
    assertThat(state(revoked)).isEqualTo(Life.State.REVOKED);
  }

  @Test
  void the_family_keeps_its_scope() {
    RefreshToken old = family();
    RefreshToken next = old.next(random);
    commit(
        issuance(
            new Issuance.Spend.Rotation(
                old.familyHash(), old.hash(), Optional.empty(), Duration.ZERO, SOURCE),
            access(newHash()),
            Optional.of(
                new Issuance.NewRefreshToken(
                    next.familyHash(), next.hash(), Scope.of("read"), REFRESH, FAMILY))));

    assertThat(found(next).scope()).isEqualTo(SCOPE);
  }

  @Test
  @DisplayName("a refresh token ends at the instant at which its lifetime is over")
  void life_of_a_refresh_token() {
    RefreshToken token = family();

    clock.advance(REFRESH.minus(INSTANT));
    assertThat(state(token)).isEqualTo(Life.State.LIVE);
    clock.advance(INSTANT);
    assertThat(found(token).life()).isEqualTo(new Life(Life.State.EXPIRED, Duration.ZERO));
    clock.advance(MINUTE);
    assertThat(found(token).life()).isEqualTo(new Life(Life.State.EXPIRED, MINUTE));
  }

  @Test
  @DisplayName("each use starts its life anew, within what is left of the family")
  void sliding() {
    RefreshToken token = family();
    for (int i = 0; i < 6; i++) {
      clock.advance(REFRESH.minus(INSTANT));
      token = rotate(token);
    }

    clock.set(START.plus(FAMILY).minus(INSTANT));
    assertThat(state(token)).isEqualTo(Life.State.LIVE);
    clock.advance(INSTANT);
    assertThat(state(token)).isEqualTo(Life.State.EXPIRED);
    assertThat(isCommitted(rotation(token, token.next(random), newHash()))).isFalse();
  }

  @Test
  void a_family_shorter_than_its_tokens() {
    RefreshToken token = RefreshToken.first(random);
    commit(
        issuance(new Issuance.Spend.Nothing(), Optional.empty(), refresh(token, REFRESH, MINUTE)));

    clock.advance(MINUTE.minus(INSTANT));
    assertThat(state(token)).isEqualTo(Life.State.LIVE);
    clock.advance(INSTANT);
    assertThat(state(token)).isEqualTo(Life.State.EXPIRED);
  }

  // Revocation

  @Test
  void revoking_an_unspent_code() {
    TokenHash code = savedCode();
    store().revoke(new Revocation.OfCode(code));

    assertThat(life(code)).isEqualTo(new Life(Life.State.REVOKED, Duration.ZERO));
    clock.advance(MINUTE);
    assertThat(life(code).state()).isEqualTo(Life.State.REVOKED);
  }

  @Test
  void revoking_a_spent_code_takes_back_all_that_came_of_it() {
    TokenHash code = savedCode();
    TokenHash access = newHash();
    RefreshToken first = family(code, access);
    RefreshToken second = first.next(random);
    TokenHash refreshed = newHash();
    commit(rotation(first, second, refreshed));
    store().revoke(new Revocation.OfCode(code));

    assertThat(isAlive(access)).isFalse();
    assertThat(isAlive(refreshed)).isFalse();
    assertThat(state(first)).isEqualTo(Life.State.REVOKED);
    assertThat(state(second)).isEqualTo(Life.State.REVOKED);
    assertThat(found(first).answer()).isEmpty();
    assertThat(life(code).state()).isEqualTo(Life.State.SPENT);
  }

  @Test
  void revoking_a_spent_code_without_a_refresh_token() {
    TokenHash code = savedCode();
    TokenHash access = newHash();
    commit(issuance(spending(code), access(access), Optional.empty()));
    assertThat(isAlive(access)).isTrue();
    store().revoke(new Revocation.OfCode(code));

    assertThat(isAlive(access)).isFalse();
  }

  @Test
  void revoking_a_family() {
    TokenHash access = newHash();
    RefreshToken first = family(savedCode(), access);
    RefreshToken second = rotate(first);
    RefreshToken other = family();
    store().revoke(new Revocation.OfFamily(first.familyHash()));

    assertThat(state(first)).isEqualTo(Life.State.REVOKED);
    assertThat(state(second)).isEqualTo(Life.State.REVOKED);
    assertThat(found(first).answer()).isEmpty();
    assertThat(isAlive(access)).isFalse();
    assertThat(state(other)).isEqualTo(Life.State.LIVE);
    clock.advance(REFRESH);
    assertThat(state(second)).isEqualTo(Life.State.REVOKED);
  }

  @Test
  void revoking_one_access_token() {
    TokenHash access = newHash();
    RefreshToken refresh = family(savedCode(), access);
    store().revoke(new Revocation.OfAccessToken(access));

    assertThat(isAlive(access)).isFalse();
    assertThat(state(refresh)).isEqualTo(Life.State.LIVE);
  }

  @Test
  void revoking_all_of_a_subject_and_all_of_a_client() {
    for (Revocation revocation :
        List.of(new Revocation.OfSubject("alice"), new Revocation.OfClient("shop"))) {
      TokenHash unspent = savedCode();
      TokenHash access = newHash();
      RefreshToken refresh = family(savedCode(), access);
      RefreshToken withoutCode = RefreshToken.first(random);
      commit(issuance(new Issuance.Spend.Nothing(), Optional.empty(), refresh(withoutCode)));
      TokenHash alone = newHash();
      commit(issuance(new Issuance.Spend.Nothing(), access(alone), Optional.empty()));
      TokenHash ofOther = newHash();
      commit(
          new Issuance(
              "rival", "bob", new Issuance.Spend.Nothing(), access(ofOther), Optional.empty()));
      TokenHash codeOfOther = newHash();
      store().saveCode(codeOfOther, grant("rival", "bob"), MINUTE);
      store().revoke(revocation);

      assertThat(life(unspent).state()).isEqualTo(Life.State.REVOKED);
      assertThat(isAlive(access)).isFalse();
      assertThat(isAlive(alone)).isFalse();
      assertThat(state(withoutCode)).isEqualTo(Life.State.REVOKED);
      assertThat(state(refresh)).isEqualTo(Life.State.REVOKED);
      assertThat(isAlive(ofOther)).isTrue();
      assertThat(life(codeOfOther)).isEqualTo(Life.LIVE);
      // Who comes back later starts anew.
      assertThat(state(family())).isEqualTo(Life.State.LIVE);
    }
  }

  @Test
  @DisplayName("a user may be called what a client is called")
  void a_subject_is_not_a_client() {
    TokenHash access = newHash();
    RefreshToken refresh = family(savedCode(), access);
    TokenHash code = savedCode();
    store().revoke(new Revocation.OfSubject("shop"));
    store().revoke(new Revocation.OfClient("alice"));

    assertThat(isAlive(access)).isTrue();
    assertThat(state(refresh)).isEqualTo(Life.State.LIVE);
    assertThat(life(code)).isEqualTo(Life.LIVE);
  }

  @Test
  void revoking_what_is_not_there_changes_nothing() {
    TokenHash access = newHash();
    RefreshToken refresh = family(savedCode(), access);
    store().revoke(new Revocation.OfCode(newHash()));
    store().revoke(new Revocation.OfFamily(newHash()));
    store().revoke(new Revocation.OfAccessToken(newHash()));
    store().revoke(new Revocation.OfSubject("nobody"));
    store().revoke(new Revocation.OfClient("nobody"));

    assertThat(isAlive(access)).isTrue();
    assertThat(state(refresh)).isEqualTo(Life.State.LIVE);
  }

  // How long what is dead is remembered

  @Test
  void a_spent_code_is_known_while_its_family_lives() {
    TokenHash code = savedCode();
    RefreshToken token = family(code, newHash());
    for (int i = 0; i < 7; i++) {
      clock.advance(Duration.ofDays(25));
      useStore();
      token = rotate(token);
      assertThat(life(code).state()).isEqualTo(Life.State.SPENT);
    }
    store().revoke(new Revocation.OfCode(code));

    assertThat(state(token)).isEqualTo(Life.State.REVOKED);
  }

  @Test
  void a_spent_code_is_known_while_its_access_token_lives() {
    TokenHash code = savedCode();
    TokenHash access = newHash();
    commit(issuance(spending(code), access(access, Duration.ofHours(1)), Optional.empty()));
    clock.advance(Duration.ofHours(1).minus(INSTANT));
    useStore();
    store().revoke(new Revocation.OfCode(code));

    assertThat(isAlive(access)).isFalse();
  }

  @Test
  void a_family_is_known_while_its_access_tokens_outlive_its_refresh_token() {
    TokenHash code = savedCode();
    TokenHash access = newHash();
    RefreshToken token = RefreshToken.first(random);
    commit(
        issuance(
            spending(code), access(access, Duration.ofHours(2)), refresh(token, MINUTE, MINUTE)));
    clock.advance(Duration.ofHours(1));
    useStore();
    assertThat(isAlive(access)).isTrue();
    assertThat(life(code).state()).isEqualTo(Life.State.SPENT);
    assertThat(state(token)).isEqualTo(Life.State.EXPIRED);
    store().revoke(new Revocation.OfFamily(token.familyHash()));

    assertThat(isAlive(access)).isFalse();
  }

  @Test
  void the_same_after_a_rotation() {
    TokenHash code = savedCode();
    RefreshToken old = RefreshToken.first(random);
    commit(issuance(spending(code), access(newHash()), refresh(old, MINUTE, MINUTE)));
    RefreshToken next = old.next(random);
    TokenHash access = newHash();
    clock.advance(Duration.ofSeconds(59));
    commit(
        issuance(
            new Issuance.Spend.Rotation(
                old.familyHash(), old.hash(), Optional.empty(), Duration.ZERO, SOURCE),
            access(access, Duration.ofHours(2)),
            refresh(next, MINUTE, MINUTE)));
    clock.advance(Duration.ofHours(1));
    useStore();
    assertThat(isAlive(access)).isTrue();
    assertThat(state(old)).isEqualTo(Life.State.SPENT);
    store().revoke(new Revocation.OfCode(code));

    assertThat(isAlive(access)).isFalse();
  }

  @Test
  void a_replaced_refresh_token_is_known_while_its_family_lives() {
    RefreshToken first = family();
    RefreshToken token = first;
    for (int i = 0; i < 7; i++) {
      clock.advance(Duration.ofDays(25));
      useStore();
      token = rotate(token);
    }

    assertThat(state(first)).isEqualTo(Life.State.SPENT);
    assertThat(state(token)).isEqualTo(Life.State.LIVE);
  }

  @Test
  @DisplayName("what is alive is never dropped, however much comes after it")
  void nothing_live_is_evicted() {
    TokenHash code = newHash();
    store().saveCode(code, grant("shop", "alice"), Duration.ofDays(1));
    TokenHash access = newHash();
    commit(
        issuance(
            new Issuance.Spend.Nothing(), access(access, Duration.ofDays(1)), Optional.empty()));
    RefreshToken token = family();
    for (int i = 0; i < 50; i++) {
      useStore();
      clock.advance(Duration.ofMinutes(20));
    }

    assertThat(life(code)).isEqualTo(Life.LIVE);
    assertThat(isAlive(access)).isTrue();
    assertThat(state(token)).isEqualTo(Life.State.LIVE);
  }

  // All at once

  @Test
  @DisplayName("I1: of many commits that spend the same thing one is true")
  void races() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 50; round++) {
        TokenHash code = savedCode();
        List<TokenHash> access = IntStream.range(0, 8).mapToObj(i -> newHash()).toList();
        assertThat(
                atOnce(
                    threads,
                    i ->
                        isCommitted(
                            issuance(
                                spending(code),
                                access(access.get(i)),
                                refresh(RefreshToken.first(random))))))
            .isEqualTo(1);
        assertThat(access.stream().filter(this::isAlive)).hasSize(1);

        RefreshToken old = family();
        List<TokenHash> refreshed = IntStream.range(0, 8).mapToObj(i -> newHash()).toList();
        assertThat(
                atOnce(
                    threads, i -> isCommitted(rotation(old, old.next(random), refreshed.get(i)))))
            .isEqualTo(1);
        assertThat(refreshed.stream().filter(this::isAlive)).hasSize(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private interface Attempt {
    boolean succeeds(int number);
  }

  /** How many of eight attempts at the same time succeed. */
  private static int atOnce(ExecutorService threads, Attempt attempt) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(8);
    List<Callable<Boolean>> calls =
        IntStream.range(0, 8)
            .<Callable<Boolean>>mapToObj(
                i ->
                    () -> {
                      barrier.await();
                      return attempt.succeeds(i);
                    })
            .collect(Collectors.toList());
    int succeeded = 0;
    for (Future<Boolean> done : threads.invokeAll(calls)) {
      succeeded += done.get() ? 1 : 0;
    }
    return succeeded;
  }

  // Consents

  @Test
  void a_consent_is_of_one_user_and_one_client() {
    consents().save("shop", "alice", SCOPE);

    assertThat(consents().find("shop", "alice")).contains(SCOPE);
    assertThat(consents().find("shop", "Alice")).isEmpty();
    assertThat(consents().find("shop", "bob")).isEmpty();
    assertThat(consents().find("rival", "alice")).isEmpty();
  }

  @Test
  void a_consent_takes_the_place_of_the_one_before() {
    consents().save("shop", "alice", SCOPE);
    consents().save("shop", "alice", Scope.of("read"));
    consents().save("shop", "bob", Scope.EMPTY);

    assertThat(consents().find("shop", "alice")).contains(Scope.of("read"));
    assertThat(consents().find("shop", "bob")).contains(Scope.EMPTY);
  }

  @Test
  void consents_are_forgotten_by_user_and_by_client() {
    for (String client : List.of("shop", "rival")) {
      consents().save(client, "alice", SCOPE);
      consents().save(client, "bob", SCOPE);
    }

    consents().forgetSubject("alice");
    consents().forgetClient("rival");

    assertThat(consents().find("shop", "alice")).isEmpty();
    assertThat(consents().find("rival", "alice")).isEmpty();
    assertThat(consents().find("rival", "bob")).isEmpty();
    assertThat(consents().find("shop", "bob")).contains(SCOPE);
  }

  @Test
  @DisplayName("the first answers of one user, given at the same time: one of them is kept")
  void consents_at_once() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      CyclicBarrier start = new CyclicBarrier(4);
      Callable<Boolean> save =
          () -> {
            start.await();
            consents().save("shop", "alice", SCOPE);
            return true;
          };
      for (Future<Boolean> saved : pool.invokeAll(List.of(save, save, save, save))) {
        assertThat(saved.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(consents().find("shop", "alice")).contains(SCOPE);
  }
}
