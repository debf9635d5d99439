package dev.postern.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.core.CodeGrant;
import dev.postern.core.ConsentStore;
import dev.postern.core.Issuance;
import dev.postern.core.Life;
import dev.postern.core.RandomTokens;
import dev.postern.core.Revocation;
import dev.postern.core.Scope;
import dev.postern.core.SealedAnswer;
import dev.postern.core.StandardReason;
import dev.postern.core.TokenHash;
import dev.postern.core.TokenStore;
import dev.postern.core.TokenStoreContract;
import dev.postern.core.UnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends TokenStoreContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final RandomTokens random = new RandomTokens(new SecureRandom());
  private final MemoryStore roomy = new MemoryStore(clock, 10_000);
  private final MemoryConsents consents = new MemoryConsents(100);

  @Override
  protected TokenStore store() {
    return roomy;
  }

  @Override
  protected ConsentStore consents() {
    return consents;
  }

  @Test
  void when_too_many_have_consented_who_came_last_stays() {
    MemoryConsents two = new MemoryConsents(2);
    two.save("shop", "alice", Scope.EMPTY);
    two.save("shop", "bob", Scope.EMPTY);
    two.find("shop", "alice");
    two.save("shop", "carol", Scope.EMPTY);

    assertThat(two.find("shop", "alice")).isPresent();
    assertThat(two.find("shop", "bob")).isEmpty();
    assertThat(two.find("shop", "carol")).isPresent();
    assertThatIllegalArgumentException().isThrownBy(() -> new MemoryConsents(0));
  }

  @Test
  @DisplayName(
      "RFC 6819 s4.4.1.11: so many codes of a user, until some are spent, revoked or expire")
  void codes_of_one_user() {
    MemoryStore store = new MemoryStore(clock, 100_000);
    TokenHash first = saveCode(store);
    TokenHash second = saveCode(store);
    for (int i = 2; i < TokenStore.MOST_CODES_PER_USER; i++) {
      saveCode(store);
    }

    assertTooManyCodes(store);
    assertTooManyCodes(store);
    store.revoke(new Revocation.OfCode(first));
    store.revoke(new Revocation.OfCode(first));
    saveCode(store);
    assertTooManyCodes(store);
    commit(store, new Issuance.Spend.Code(second), Optional.empty(), Optional.empty());
    saveCode(store);
    assertTooManyCodes(store);

    clock.advance(MINUTE.plusSeconds(1));
    saveCode(store);
  }

  private void assertTooManyCodes(MemoryStore store) {
    UnavailableException thrown =
        catchThrowableOfType(UnavailableException.class, () -> saveCode(store));
    assertThat(thrown.refusal().reason()).isEqualTo(StandardReason.TOO_MANY_CODES);
  }

  private TokenHash newHash() {
    return TokenHash.of(random.next());
  }

  private TokenHash saveCode(MemoryStore store) {
    TokenHash code = newHash();
    store.saveCode(
        code,
        new CodeGrant("shop", "alice", Scope.EMPTY, "https://x", false, Optional.empty()),
        MINUTE);
    return code;
  }

  private static Optional<Issuance.NewAccessToken> access(TokenHash hash, Duration lifetime) {
    return Optional.of(new Issuance.NewAccessToken(hash, Scope.EMPTY, lifetime));
  }

  private static Optional<Issuance.NewRefreshToken> refresh(
      TokenHash family, TokenHash token, Duration lifetime) {
    return Optional.of(
        new Issuance.NewRefreshToken(
            family, token, Scope.EMPTY, lifetime, lifetime.multipliedBy(2)));
  }

  private static boolean commit(
      MemoryStore store,
      Issuance.Spend spend,
      Optional<Issuance.NewAccessToken> access,
      Optional<Issuance.NewRefreshToken> refresh) {
    return store.commit(new Issuance("shop", "alice", spend, access, refresh));
  }

  private TokenHash saveAccess(MemoryStore store, Duration lifetime) {
    TokenHash token = newHash();
    assertThat(
            commit(store, new Issuance.Spend.Nothing(), access(token, lifetime), Optional.empty()))
        .isTrue();
    return token;
  }

  private static void assertFull(ThrowingCallable call) {
    UnavailableException e = catchThrowableOfType(UnavailableException.class, call);
    assertThat(e).isNotNull();
    assertThat(e.refusal().reason()).isEqualTo(StandardReason.STORE_FULL);
    assertThat(e.refusal().detail()).isEqualTo("the memory store has no room left of its 4");
  }

  @Test
  void counts_what_it_holds() {
    TokenHash code = saveCode(roomy);
    assertThat(roomy.size()).isEqualTo(1);
    TokenHash family = newHash();
    TokenHash token = newHash();
    commit(
        roomy,
        new Issuance.Spend.Code(code),
        access(newHash(), HOUR),
        refresh(family, token, HOUR));
    assertThat(roomy.size()).isEqualTo(3);
    commit(
        roomy,
        new Issuance.Spend.Rotation(family, token, Optional.empty(), Duration.ZERO, "192.0.2.7"),
        access(newHash(), HOUR),
        refresh(family, newHash(), HOUR));
    assertThat(roomy.size()).isEqualTo(4);
    commit(roomy, new Issuance.Spend.Nothing(), Optional.empty(), Optional.empty());
    assertThat(roomy.size()).isEqualTo(4);
  }

  @Test
  void a_commit_that_fails_takes_no_room() {
    TokenHash code = saveCode(roomy);
    commit(roomy, new Issuance.Spend.Code(code), access(newHash(), HOUR), Optional.empty());
    int size = roomy.size();
    for (int i = 0; i < 5; i++) {
      commit(
          roomy,
          new Issuance.Spend.Code(code),
          access(newHash(), HOUR),
          refresh(newHash(), newHash(), HOUR));
      commit(
          roomy,
          new Issuance.Spend.Rotation(newHash(), newHash(), Optional.empty(), MINUTE, "192.0.2.7"),
          access(newHash(), HOUR),
          refresh(newHash(), newHash(), HOUR));
    }

    assertThat(roomy.size()).isEqualTo(size);
  }

  @Test
  @DisplayName("nor does it leave something that would have to be swept at its family's end")
  void a_commit_that_fails_leaves_nothing() {
    TokenHash code = saveCode(roomy);
    TokenHash family = newHash();
    TokenHash token = newHash();
    commit(roomy, new Issuance.Spend.Code(code), Optional.empty(), refresh(family, token, HOUR));
    for (int i = 0; i < 100; i++) {
      commit(
          roomy,
          new Issuance.Spend.Code(code),
          Optional.empty(),
          refresh(newHash(), newHash(), HOUR));
    }
    clock.advance(HOUR.plusMinutes(16));
    commit(roomy, new Issuance.Spend.Nothing(), Optional.empty(), Optional.empty());

    assertThat(roomy.findRefreshToken(family, token)).isEmpty();
  }

  @Test
  @DisplayName("full: refused, and nothing has changed")
  void full() {
    MemoryStore small = new MemoryStore(clock, 4);
    TokenHash family = newHash();
    TokenHash token = newHash();
    TokenHash code = saveCode(small);
    commit(
        small, new Issuance.Spend.Nothing(), access(newHash(), HOUR), refresh(family, token, HOUR));
    TokenHash last = saveAccess(small, HOUR);
    assertThat(small.size()).isEqualTo(4);

    assertFull(() -> saveCode(small));
    assertFull(() -> saveAccess(small, HOUR));
    assertFull(
        () ->
            commit(
                small, new Issuance.Spend.Code(code), access(newHash(), HOUR), Optional.empty()));
    assertFull(
        () ->
            commit(
                small,
                new Issuance.Spend.Rotation(family, token, Optional.empty(), MINUTE, "192.0.2.7"),
                access(newHash(), HOUR),
                refresh(family, newHash(), HOUR)));
    assertThat(small.size()).isEqualTo(4);
    assertThat(small.findCode(code).orElseThrow().life()).isEqualTo(Life.LIVE);
    assertThat(small.findRefreshToken(family, token).orElseThrow().life()).isEqualTo(Life.LIVE);
    assertThat(small.findAccessToken(last)).isPresent();
    // A rotation that keeps no access token takes no room.
    assertThat(
            commit(
                small,
                new Issuance.Spend.Rotation(family, token, Optional.empty(), MINUTE, "192.0.2.7"),
                Optional.empty(),
                refresh(family, newHash(), HOUR)))
        .isTrue();
  }

  @Test
  void two_entries_do_not_fit_where_one_is_left() {
    MemoryStore small = new MemoryStore(clock, 4);
    for (int i = 0; i < 3; i++) {
      saveAccess(small, HOUR);
    }

    assertFull(
        () ->
            commit(
                small,
                new Issuance.Spend.Nothing(),
                access(newHash(), HOUR),
                refresh(newHash(), newHash(), HOUR)));
    saveAccess(small, HOUR);
    assertThat(small.size()).isEqualTo(4);
  }

  @Test
  void room_comes_back_as_things_die() {
    MemoryStore small = new MemoryStore(clock, 4);
    for (int i = 0; i < 4; i++) {
      saveAccess(small, MINUTE);
    }
    assertFull(() -> saveAccess(small, MINUTE));
    clock.advance(MINUTE.plusSeconds(10));

    for (int i = 0; i < 4; i++) {
      saveAccess(small, MINUTE);
    }
    assertThat(small.size()).isEqualTo(4);
    assertFull(() -> saveAccess(small, MINUTE));
  }

  @Test
  @DisplayName("full: one call looks at more of the dead than usual")
  void sweeps_more_when_full() {
    MemoryStore store = new MemoryStore(clock, 60);
    for (int i = 0; i < 20; i++) {
      TokenHash code = saveCode(store);
      commit(store, new Issuance.Spend.Code(code), access(newHash(), HOUR), Optional.empty());
    }
    clock.advance(Duration.ofSeconds(10));
    for (int i = 0; i < 20; i++) {
      saveCode(store);
    }
    // The first that it looks at have to be kept.
    clock.advance(Duration.ofMinutes(12));
    saveAccess(store, MINUTE);

    assertThat(store.size()).isEqualTo(60 - 20 + 1);
  }

  @Test
  @DisplayName("cleans itself in small steps as it is used")
  void sweeps_as_it_is_used() {
    for (int i = 0; i < 100; i++) {
      saveAccess(roomy, MINUTE);
    }
    clock.advance(HOUR);
    int before = roomy.size();
    saveAccess(roomy, HOUR);

    assertThat(roomy.size()).isBetween(before - 8 + 1, before + 1);
    use();
    assertThat(roomy.size()).isEqualTo(1);
  }

  @Test
  void codes_and_families_are_swept_as_well() {
    List<TokenHash> codes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      TokenHash code = saveCode(roomy);
      codes.add(code);
      commit(
          roomy,
          new Issuance.Spend.Code(code),
          access(newHash(), MINUTE),
          refresh(newHash(), newHash(), HOUR));
    }
    TokenHash unspent = saveCode(roomy);
    assertThat(roomy.size()).isEqualTo(151);
    // Ten minutes after its end a code is forgotten, unless something that came of it lives.
    clock.advance(Duration.ofMinutes(12));
    use();
    assertThat(roomy.findCode(unspent)).isEmpty();
    assertThat(roomy.findCode(codes.get(0))).isPresent();
    clock.advance(Duration.ofMinutes(64));
    use();

    assertThat(roomy.findCode(codes.get(0))).isEmpty();
    clock.advance(HOUR);
    use();
    clock.advance(HOUR);
    use();
    assertThat(roomy.size()).isLessThanOrEqualTo(8);
  }

  /** Commits that keep nothing. */
  private void use() {
    for (int i = 0; i < 600; i++) {
      commit(roomy, new Issuance.Spend.Nothing(), Optional.empty(), Optional.empty());
    }
  }

  @Test
  void the_dead_are_told_apart_for_ten_minutes() {
    TokenHash family = newHash();
    TokenHash token = newHash();
    commit(roomy, new Issuance.Spend.Nothing(), Optional.empty(), refresh(family, token, MINUTE));
    TokenHash code = saveCode(roomy);

    clock.advance(Duration.ofMinutes(11).minusSeconds(1));
    use();
    assertThat(roomy.findCode(code).orElseThrow().life().state()).isEqualTo(Life.State.EXPIRED);
    assertThat(roomy.findRefreshToken(family, token).orElseThrow().life().state())
        .isEqualTo(Life.State.EXPIRED);
    clock.advance(Duration.ofMinutes(6));
    use();
    assertThat(roomy.findCode(code)).isEmpty();
    assertThat(roomy.findRefreshToken(family, token)).isEmpty();
    assertThat(roomy.size()).isZero();
  }

  @Test
  void a_family_that_slides_is_not_swept_at_its_first_end() {
    TokenHash family = newHash();
    TokenHash first = newHash();
    TokenHash second = newHash();
    commit(roomy, new Issuance.Spend.Nothing(), Optional.empty(), refresh(family, first, HOUR));
    clock.advance(Duration.ofMinutes(59));
    commit(
        roomy,
        new Issuance.Spend.Rotation(family, first, Optional.empty(), Duration.ZERO, "192.0.2.7"),
        Optional.empty(),
        refresh(family, second, HOUR));
    clock.advance(Duration.ofMinutes(58));
    use();

    assertThat(roomy.findRefreshToken(family, second).orElseThrow().life()).isEqualTo(Life.LIVE);
    clock.advance(HOUR);
    use();
    assertThat(roomy.findRefreshToken(family, second)).isEmpty();
    assertThat(roomy.size()).isZero();
  }

  @Test
  void an_access_token_that_is_revoked_gives_its_room_back() {
    TokenHash token = saveAccess(roomy, MINUTE);
    TokenHash other = saveAccess(roomy, MINUTE);
    roomy.revoke(new Revocation.OfAccessToken(token));
    roomy.revoke(new Revocation.OfAccessToken(token));
    assertThat(roomy.size()).isEqualTo(1);
    assertThat(roomy.findAccessToken(other)).isPresent();
    roomy.revoke(new Revocation.OfSubject("alice"));

    assertThat(roomy.size()).isZero();
  }

  @Test
  void holds_at_least_one() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryStore(clock, 0))
        .withMessage("capacity has to be at least 1, not 0");
    MemoryStore one = new MemoryStore(clock, 1);
    saveAccess(one, HOUR);
    assertThat(one.size()).isEqualTo(1);
  }

  @Test
  void sealed_answers_are_let_go_of_as_it_is_used() {
    TokenHash family = newHash();
    TokenHash token = newHash();
    commit(roomy, new Issuance.Spend.Nothing(), Optional.empty(), refresh(family, token, HOUR));
    commit(
        roomy,
        new Issuance.Spend.Rotation(
            family, token, Optional.of(SealedAnswer.ofOctets(new byte[] {1})), MINUTE, "192.0.2.7"),
        Optional.empty(),
        refresh(family, newHash(), HOUR));
    clock.advance(Duration.ofSeconds(59));
    use();
    assertThat(roomy.findRefreshToken(family, token).orElseThrow().answer()).isPresent();
    clock.advance(Duration.ofSeconds(3));
    use();

    // Not even a clock that is set back brings it back.
    clock.advance(Duration.ofSeconds(-3));
    assertThat(roomy.findRefreshToken(family, token).orElseThrow().answer()).isEmpty();
  }

  private Issuance issuanceOf(TokenHash token) {
    return new Issuance(
        "shop",
        "alice",
        new Issuance.Spend.Nothing(),
        Optional.empty(),
        refresh(newHash(), token, HOUR));
  }

  @Test
  @DisplayName("a sealed answer is let go of when its grace is over, though nobody asks for it")
  void sealed_answers_are_let_go_of() {
    TokenHash token = newHash();
    TokenHash next = newHash();
    SealedAnswer answer = SealedAnswer.ofOctets(new byte[] {1});
    Family family = Family.of(issuanceOf(token), issuanceOf(token).refreshToken().orElseThrow(), 0);
    family.rotate(
        new Issuance.Spend.Rotation(newHash(), token, Optional.of(answer), MINUTE, "192.0.2.7"),
        issuanceOf(next),
        1_000);

    family.forgetAnswer(60_999);
    assertThat(family.find(token, 60_999).answer()).isPresent();
    family.forgetAnswer(61_000);
    assertThat(family.find(token, 60_999).answer()).isEmpty();
    // What the operator is told of a reuse stays.
    assertThat(family.find(token, 62_000).life())
        .isEqualTo(new Life(Life.State.SPENT, Duration.ofSeconds(61)));
    assertThat(family.find(token, 62_000).rotatedFrom()).isEqualTo("192.0.2.7");
  }
}
