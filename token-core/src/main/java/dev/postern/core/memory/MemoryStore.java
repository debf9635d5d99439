package dev.postern.core.memory;

import dev.postern.core.CodeGrant;
import dev.postern.core.Issuance;
import dev.postern.core.Revocation;
import dev.postern.core.StoredAccessToken;
import dev.postern.core.StoredCode;
import dev.postern.core.StoredRefreshToken;
import dev.postern.core.TokenHash;
import dev.postern.core.TokenStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The embedded default: state in the memory of one process, gone when it ends. Holds a fixed number
 * of codes, refresh token families and access tokens; when it is full it refuses rather than evict
 * what is alive. Cleans itself in small steps as it is used. Thread-safe.
 */
public final class MemoryStore implements TokenStore {
  /** The dead are kept a while, so that who comes too late is told so. */
  static final long KEEP_DEAD_MILLIS = Duration.ofMinutes(10).toMillis();

  /** More than any call adds, so that cleaning keeps up. */
  private static final int SWEPT_PER_CALL = 8;

  private static final int SWEPT_WHEN_FULL = 1_000;

  private final InstantSource clock;
  private final Room room;
  private final Codes codes;
  private final Families families;
  private final AccessTokens accessTokens;

  /**
   * A store that judges by {@code clock} what is alive.
   *
   * @param capacity how many codes, families and access tokens it holds together, at least 1; each
   *     takes up to 300 bytes, and one with long texts (scope, subject) counts as several
   */
  public MemoryStore(InstantSource clock, int capacity) {
    this.clock = clock;
    this.room = new Room(capacity);
    this.codes = new Codes(room);
    this.families = new Families(room);
    this.accessTokens = new AccessTokens(room);
  }

  /** How many codes, families and access tokens it holds, those too that wait to be swept. */
  public int size() {
    return room.taken();
  }

  @Override
  public void saveCode(TokenHash code, CodeGrant grant, Duration lifetime) {
    long now = now();
    codes.save(code, grant, lifetime, now, weight -> reserve(weight, now));
  }

  @Override
  public Optional<StoredCode> findCode(TokenHash code) {
    return codes.find(code).map(entry -> entry.find(now()));
  }

  @Override
  public Optional<StoredRefreshToken> findRefreshToken(TokenHash family, TokenHash token) {
    return families.find(family).map(found -> found.find(token, now()));
  }

  @Override
  public Optional<StoredAccessToken> findAccessToken(TokenHash accessToken) {
    return accessTokens.find(accessToken, now());
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
      weight += Room.weight(issuance.subject(), issuance.accessToken().get().scope());
    }
    // A rotation puts its token in the place of another.
    if (issuance.refreshToken().isPresent()
        && !(issuance.spend() instanceof Issuance.Spend.Rotation)) {
      weight += Room.weight(issuance.subject(), issuance.refreshToken().get().scope());
    }
    return weight;
  }

  /**
   * What is new goes in first, under hashes of tokens that nobody has seen yet; spending is the one
   * step that others can observe. So to everybody both happen at once.
   */
  private boolean spendAndSave(Issuance issuance, long now) {
    if (issuance.spend() instanceof Issuance.Spend.Rotation rotation) {
      return families
          .find(rotation.family())
          .filter(family -> rotate(family, rotation, issuance, now))
          .isPresent();
    }
    if (issuance.spend() instanceof Issuance.Spend.Code code) {
      return codes.find(code.code()).filter(entry -> redeem(entry, issuance, now)).isPresent();
    }
    if (issuance.refreshToken().isEmpty()) {
      accessTokens.save(issuance, null, now);
      return true;
    }
    Family family = families.begin(issuance, now);
    accessTokens.save(issuance, family, now);
    families.keep(issuance, family);
    return true;
  }

  private boolean rotate(
      Family family, Issuance.Spend.Rotation rotation, Issuance issuance, long now) {
    accessTokens.save(issuance, family, now);
    if (!families.rotate(family, rotation, issuance, now)) {
      accessTokens.undo(issuance);
      return false;
    }
    return true;
  }

  private boolean redeem(CodeEntry code, Issuance issuance, long now) {
    Family family = families.begin(issuance, now);
    accessTokens.save(issuance, family, now);
    if (!codes.spend(code, family, now)) {
      families.undo(issuance);
      accessTokens.undo(issuance);
      return false;
    }
    families.keep(issuance, family);
    return true;
  }

  @Override
  public void revoke(Revocation revocation) {
    if (revocation instanceof Revocation.OfCode code) {
      codes.find(code.code()).ifPresent(codes::revoke);
    } else if (revocation instanceof Revocation.OfFamily family) {
      families.find(family.family()).ifPresent(Family::revoke);
    } else if (revocation instanceof Revocation.OfAccessToken token) {
      accessTokens.revoke(token.accessToken());
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
    codes.forEach(
        code -> {
          if (code.isOf(clientId, subject)) {
            codes.revoke(code);
          }
        });
    families.forEach(
        family -> {
          if (family.isOf(clientId, subject)) {
            family.revoke();
          }
        });
    accessTokens.revokeAll(clientId, subject);
  }

  private void reserve(int weight, long now) {
    sweep(SWEPT_PER_CALL, now);
    room.take(
        weight,
        () -> {
          accessTokens.sweepUntil(SWEPT_WHEN_FULL, now);
          codes.sweep(SWEPT_WHEN_FULL, now);
          families.sweep(SWEPT_WHEN_FULL, now);
        });
  }

  private void sweep(int atMost, long now) {
    accessTokens.sweep(atMost, now);
    codes.sweep(atMost, now);
    families.sweep(atMost, now);
  }

  private long now() {
    return clock.millis();
  }
}
