package dev.postern.core.memory;

import dev.postern.core.CodeGrant;
import dev.postern.core.Issuance;
import dev.postern.core.Revocation;
import dev.postern.core.Scope;
import dev.postern.core.StoredAccessToken;
import dev.postern.core.StoredCode;
import dev.postern.core.StoredRefreshToken;
import dev.postern.core.TokenHash;
import dev.postern.core.TokenStore;
import dev.postern.core.UnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The embedded default: state in the memory of one process, gone when it ends. Holds a fixed number
 * of codes, refresh token families and access tokens; when it is full it refuses rather than evict
 * what is alive. Cleans itself in small steps as it is used. Thread-safe.
 */
public final class MemoryStore implements TokenStore {
  /** The dead are kept a while, so that who comes too late is told so. */
  private static final long KEEP_DEAD_MILLIS = Duration.ofMinutes(10).toMillis();

  /** More than any call adds, so that cleaning keeps up. */
  private static final int SWEPT_PER_CALL = 8;

  private static final int SWEPT_WHEN_FULL = 1_000;

  private final InstantSource clock;
  private final Room room;
  private final Outstanding outstanding = new Outstanding();

  private final ConcurrentMap<TokenHash, CodeEntry> codes = new ConcurrentHashMap<>();
  private final ConcurrentMap<TokenHash, Family> families = new ConcurrentHashMap<>();
  private final ConcurrentMap<TokenHash, AccessEntry> accessTokens = new ConcurrentHashMap<>();

  private final ExpiryQueue<TokenHash> codeExpiry = new ExpiryQueue<>(5_000);
  private final ExpiryQueue<CodeEntry> codeLife = new ExpiryQueue<>(1_000);
  private final ExpiryQueue<TokenHash> familyExpiry = new ExpiryQueue<>(300_000);
  private final ExpiryQueue<TokenHash> accessTokenExpiry = new ExpiryQueue<>(5_000);
  private final ExpiryQueue<Family> answerExpiry = new ExpiryQueue<>(1_000);

  /**
   * A store that judges by {@code clock} what is alive.
   *
   * @param capacity how many codes, families and access tokens it holds together, at least 1; each
   *     takes up to 300 bytes, and one with long texts (scope, subject) counts as several
   */
  public MemoryStore(InstantSource clock, int capacity) {
    this.clock = clock;
    this.room = new Room(capacity);
  }

  /** How many codes, families and access tokens it holds, those too that wait to be swept. */
  public int size() {
    return room.taken();
  }

  @Override
  public void saveCode(TokenHash code, CodeGrant grant, Duration lifetime) {
    long now = now();
    long expiresAt = now + lifetime.toMillis();
    CodeEntry entry = new CodeEntry(grant, expiresAt);
    outstanding.take(grant.subject(), () -> settleExpired(Integer.MAX_VALUE, now));
    try {
      reserve(entry.weight(), now);
    } catch (UnavailableException e) {
      outstanding.giveBack(grant.subject());
      throw e;
    }
    codes.put(code, entry);
    codeLife.add(entry, expiresAt);
    codeExpiry.add(code, expiresAt + KEEP_DEAD_MILLIS);
  }

  @Override
  public Optional<StoredCode> findCode(TokenHash code) {
    return Optional.ofNullable(codes.get(code)).map(entry -> entry.find(now()));
  }

  @Override
  public Optional<StoredRefreshToken> findRefreshToken(TokenHash family, TokenHash token) {
    return Optional.ofNullable(families.get(family)).map(found -> found.find(token, now()));
  }

  @Override
  public Optional<StoredAccessToken> findAccessToken(TokenHash accessToken) {
    return Optional.ofNullable(accessTokens.get(accessToken)).flatMap(entry -> entry.find(now()));
  }

  @Override
  public boolean commit(Issuance issuance) {
    long now = now();
    int weight = weight(issuance);
    reserve(weight, now);
    boolean isCommitted = spendAndSave(issuance, now);
    if (!isCommitted) {
      room.giveBack(weight);
    }
    return isCommitted;
  }

  private static int weight(Issuance issuance) {
    int weight = 0;
    if (issuance.accessToken().isPresent()) {
      weight += weight(issuance, issuance.accessToken().get().scope());
    }
    // A rotation puts its token in the place of another.
    if (issuance.refreshToken().isPresent()
        && !(issuance.spend() instanceof Issuance.Spend.Rotation)) {
      weight += weight(issuance, issuance.refreshToken().get().scope());
    }
    return weight;
  }

  private static int weight(Issuance issuance, Scope scope) {
    return Room.weight(issuance.subject().length() + scope.toString().length());
  }

  /**
   * What is new goes in first, under hashes of tokens that nobody has seen yet; spending is the one
   * step that others can observe. So to everybody both happen at once.
   */
  private boolean spendAndSave(Issuance issuance, long now) {
    if (issuance.spend() instanceof Issuance.Spend.Rotation rotation) {
      Family family = families.get(rotation.family());
      if (family == null) {
        return false;
      }
      saveAccessToken(issuance, family, now);
      if (!family.rotate(rotation, issuance, now)) {
        forget(issuance);
        return false;
      }
      answerExpiry.add(family, now + rotation.grace().toMillis());
      return true;
    }
    if (issuance.spend() instanceof Issuance.Spend.Code code) {
      CodeEntry entry = codes.get(code.code());
      if (entry == null) {
        return false;
      }
      Family family = newFamily(issuance, now);
      saveFamily(issuance, family);
      saveAccessToken(issuance, family, now);
      if (!entry.spend(family, now)) {
        issuance.refreshToken().ifPresent(token -> families.remove(token.family()));
        forget(issuance);
        return false;
      }
      settle(entry);
      return true;
    }
    if (issuance.refreshToken().isPresent()) {
      Family family = newFamily(issuance, now);
      saveFamily(issuance, family);
      saveAccessToken(issuance, family, now);
    } else {
      saveAccessToken(issuance, null, now);
    }
    return true;
  }

  private void forget(Issuance issuance) {
    issuance.accessToken().ifPresent(token -> accessTokens.remove(token.hash()));
  }

  private static Family newFamily(Issuance issuance, long now) {
    return issuance
        .refreshToken()
        .map(token -> Family.of(issuance, token, now))
        .orElseGet(() -> Family.withoutRefreshToken(issuance, now));
  }

  private void saveFamily(Issuance issuance, Family family) {
    issuance
        .refreshToken()
        .ifPresent(
            token -> {
              families.put(token.family(), family);
              familyExpiry.add(token.family(), family.isOverAt() + KEEP_DEAD_MILLIS);
            });
  }

  private void saveAccessToken(Issuance issuance, @Nullable Family family, long now) {
    issuance
        .accessToken()
        .ifPresent(
            token -> {
              long expiresAt = now + token.lifetime().toMillis();
              accessTokens.put(
                  token.hash(),
                  new AccessEntry(
                      issuance.clientId(), issuance.subject(), token.scope(), family, expiresAt));
              accessTokenExpiry.add(token.hash(), expiresAt);
            });
  }

  @Override
  public void revoke(Revocation revocation) {
    if (revocation instanceof Revocation.OfCode code) {
      Optional.ofNullable(codes.get(code.code())).ifPresent(this::revoke);
    } else if (revocation instanceof Revocation.OfFamily family) {
      Optional.ofNullable(families.get(family.family())).ifPresent(Family::revoke);
    } else if (revocation instanceof Revocation.OfAccessToken token) {
      Optional.ofNullable(accessTokens.get(token.accessToken())).ifPresent(AccessEntry::revoke);
    } else if (revocation instanceof Revocation.OfSubject subject) {
      revokeAll("", subject.subject());
    } else if (revocation instanceof Revocation.OfClient client) {
      revokeAll(client.clientId(), "");
    }
  }

  /** Looks at all there is: 100,000 entries take some milliseconds. Neither name is ever empty. */
  private void revokeAll(String clientId, String subject) {
    // Codes before families before access tokens: what one of them turns into meanwhile stands in
    // one of the later ones.
    codes.values().stream().filter(c -> c.isOf(clientId, subject)).forEach(this::revoke);
    families.values().stream().filter(f -> f.isOf(clientId, subject)).forEach(Family::revoke);
    accessTokens.values().stream()
        .filter(token -> token.isOf(clientId, subject))
        .forEach(AccessEntry::revoke);
  }

  private void revoke(CodeEntry code) {
    code.revoke();
    settle(code);
  }

  private void settle(CodeEntry code) {
    if (code.settle()) {
      outstanding.giveBack(code.subject());
    }
  }

  private void settleExpired(int atMost, long now) {
    for (int i = 0; i < atMost; i++) {
      Optional<CodeEntry> expired = codeLife.poll(now);
      if (expired.isEmpty()) {
        break;
      }
      settle(expired.get());
    }
  }

  private void reserve(int weight, long now) {
    sweep(SWEPT_PER_CALL, now);
    room.take(weight, () -> sweep(SWEPT_WHEN_FULL, now));
  }

  private void sweep(int atMost, long now) {
    for (int i = 0; i < atMost; i++) {
      Optional<TokenHash> token = accessTokenExpiry.poll(now);
      if (token.isEmpty()) {
        break;
      }
      token.map(accessTokens::remove).ifPresent(entry -> room.giveBack(entry.weight()));
    }
    settleExpired(atMost, now);
    for (int i = 0; i < atMost; i++) {
      Optional<TokenHash> code = codeExpiry.poll(now);
      if (code.isEmpty()) {
        break;
      }
      sweepCode(code.get(), now);
    }
    for (int i = 0; i < atMost; i++) {
      Optional<TokenHash> family = familyExpiry.poll(now);
      if (family.isEmpty()) {
        break;
      }
      sweepFamily(family.get(), now);
    }
    for (int i = 0; i < atMost; i++) {
      Optional<Family> family = answerExpiry.poll(now);
      if (family.isEmpty()) {
        break;
      }
      family.get().forgetAnswer(now);
    }
  }

  private void sweepCode(TokenHash code, long now) {
    CodeEntry entry = codes.get(code);
    if (entry != null && entry.forgettableAt() + KEEP_DEAD_MILLIS > now) {
      codeExpiry.add(code, entry.forgettableAt() + KEEP_DEAD_MILLIS);
    } else if (entry != null && codes.remove(code, entry)) {
      room.giveBack(entry.weight());
    }
  }

  private void sweepFamily(TokenHash hash, long now) {
    Family family = families.get(hash);
    if (family != null && family.isOverAt() + KEEP_DEAD_MILLIS > now) {
      familyExpiry.add(hash, family.isOverAt() + KEEP_DEAD_MILLIS);
    } else if (family != null && families.remove(hash, family)) {
      room.giveBack(family.weight());
    }
  }

  private long now() {
    return clock.millis();
  }
}
