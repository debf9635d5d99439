package dev.postern.core.jdbc;

import dev.postern.core.CodeChallenge;
import dev.postern.core.CodeGrant;
import dev.postern.core.ConsentStore;
import dev.postern.core.Issuance;
import dev.postern.core.Life;
import dev.postern.core.RecentRefusals;
import dev.postern.core.Revocation;
import dev.postern.core.Scope;
import dev.postern.core.SealedAnswer;
import dev.postern.core.SharedFailures;
import dev.postern.core.StandardReason;
import dev.postern.core.StoredAccessToken;
import dev.postern.core.StoredCode;
import dev.postern.core.StoredRefreshToken;
import dev.postern.core.TokenHash;
import dev.postern.core.TokenStore;
import dev.postern.core.UnavailableException;
import dev.postern.core.secret.SecretFormats;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * State in a database, shared by all nodes that use it. What is spent is spent by one conditional
 * {@code UPDATE}, in one transaction with what is issued for it; the database's clock alone says
 * what is alive. Cleans itself in small steps as it is used. Thread-safe.
 *
 * <p>It relies on a row being changed by one transaction at a time and on a commit that was
 * acknowledged being kept; any isolation level from READ COMMITTED on will do.
 */
public final class JdbcStore implements TokenStore, AutoCloseable {
  /** PostgreSQL takes half a second for 50,000 families and as many access tokens of one client. */
  private static final int SECONDS_FOR_ALL = 120;

  private final Database database;
  private final Sweeper sweeper;
  private final JdbcFailures failures;
  private final InstantSource own;

  /**
   * A store where {@code source} leads.
   *
   * @param source asked each time; may throw {@link UnavailableException}
   * @param isSchemaCreated whether the tables are made when they are missing
   * @param clock this machine's own, to set the database's against
   */
  public JdbcStore(Supplier<DataSource> source, boolean isSchemaCreated, InstantSource clock) {
    this(new Database(source, new Schema(isSchemaCreated), Dialect::now, clock), clock);
  }

  private JdbcStore(Database database, InstantSource clock) {
    this.database = database;
    this.own = clock;
    this.sweeper = new Sweeper(database);
    this.failures = new JdbcFailures(database);
  }

  JdbcStore(Database database, Sweeper sweeper) {
    this.database = database;
    this.own = InstantSource.system();
    this.sweeper = sweeper;
    this.failures = new JdbcFailures(database);
  }

  /**
   * Returns when the database is there and its tables are in order.
   *
   * @throws UnavailableException when not, with the reason in a sentence
   */
  public void check() {
    database.run(database::now);
  }

  /**
   * What the operator may want to know of a database that is there.
   *
   * @throws UnavailableException when it is not
   */
  public Condition condition() {
    return database.run(
        session ->
            new Condition(
                session.isolation(), Duration.ofMillis(database.now(session) - own.millis())));
  }

  /**
   * How a database is.
   *
   * @param isolation one of the levels of {@link java.sql.Connection}
   * @param clockDifference how far its clock is ahead of this machine's
   */
  public record Condition(int isolation, Duration clockDifference) {}

  /** The database's clock, as this node knows it: for what else has to be judged alike by all. */
  public InstantSource clock() {
    return database.clock();
  }

  /**
   * The registrations in the same database.
   *
   * @param formats how secrets may be hashed
   * @param methods the client authentication methods that there are
   * @param grantTypes the grant types that there are; empty when any will do
   */
  public JdbcClients clients(SecretFormats formats, Set<String> methods, Set<String> grantTypes) {
    return new JdbcClients(
        database, new ClientRows(formats, methods, grantTypes), System::nanoTime);
  }

  /** Failed authentications, counted over all nodes. */
  public SharedFailures failures() {
    return failures;
  }

  /**
   * The refusals of late of all nodes. To be closed before this store is.
   *
   * @param mostInMemory how many of this node's own are held beside
   */
  public RecentRefusals refusals(Duration retention, int mostInMemory) {
    return new JdbcRefusals(database, retention, mostInMemory);
  }

  @Override
  public void saveCode(TokenHash code, CodeGrant grant, Duration lifetime) {
    database.run(session -> saveCode(session, code, grant, lifetime));
    sweeper.sweep();
  }

  private static boolean saveCode(
      Session session, TokenHash code, CodeGrant grant, Duration lifetime) throws SQLException {
    String subject = Width.SUBJECT.checked(grant.subject());
    checkCodes(session, subject);
    session.update(
        session.sql().saveCode,
        code,
        Width.CLIENT_ID.checked(grant.clientId()),
        subject,
        Width.SCOPE.checked(grant.scope()),
        Width.REDIRECT_URI.checked(grant.redirectUri()),
        grant.isRedirectUriRequired(),
        grant.challenge().map(CodeChallenge::s256).orElse(null),
        lifetime.toMillis(),
        lifetime.plus(Sweeper.KEEP_DEAD).toMillis());
    return true;
  }

  private static void checkCodes(Session session, String subject) throws SQLException {
    int codes =
        session
            .one(session.sql().liveCodes, row -> row.getInt(1), subject, MOST_CODES_PER_USER)
            .orElseThrow();
    if (codes >= MOST_CODES_PER_USER) {
      throw new UnavailableException(
          StandardReason.TOO_MANY_CODES, "there are " + codes + " codes of this user already");
    }
  }

  /** What users have allowed clients, in the same database. */
  public ConsentStore consents() {
    return new JdbcConsents(database);
  }

  @Override
  public Optional<StoredCode> findCode(TokenHash code) {
    return database.run(session -> session.one(session.sql().findCode, this::code, code));
  }

  private StoredCode code(ResultSet row) throws SQLException {
    Optional<CodeChallenge> challenge =
        Optional.ofNullable(row.getString("challenge")).map(CodeChallenge::s256);
    return new StoredCode(
        new CodeGrant(
            row.getString("client_id"),
            row.getString("subject"),
            Scope.of(row.getString("scope")),
            row.getString("redirect_uri"),
            row.getBoolean("redirect_uri_required"),
            challenge),
        lifeOfCode(row));
  }

  private Life lifeOfCode(ResultSet row) throws SQLException {
    long now = now(row);
    Long spentAt = number(row, "spent_at");
    if (spentAt != null) {
      return ended(Life.State.SPENT, now - spentAt);
    }
    if (number(row, "revoked_at") != null) {
      return ended(Life.State.REVOKED, 0);
    }
    return untilExpiry(row, now);
  }

  @Override
  public Optional<StoredRefreshToken> findRefreshToken(TokenHash family, TokenHash token) {
    return database.run(
        session -> session.one(session.sql().findFamily, row -> refreshToken(row, token), family));
  }

  private StoredRefreshToken refreshToken(ResultSet row, TokenHash token) throws SQLException {
    long now = now(row);
    byte[] presented = token.octets();
    boolean isRevoked = number(row, "revoked_at") != null;
    Life life;
    Optional<SealedAnswer> answer = Optional.empty();
    if (isRevoked) {
      life = ended(Life.State.REVOKED, 0);
    } else if (Arrays.equals(presented, row.getBytes("current_hash"))) {
      life = untilExpiry(row, now);
    } else {
      Long rotatedAt = number(row, "rotated_at");
      life = ended(Life.State.SPENT, rotatedAt == null ? 0 : now - rotatedAt);
      Long graceEndsAt = number(row, "grace_ends_at");
      if (graceEndsAt != null
          && now < graceEndsAt
          && Arrays.equals(presented, row.getBytes("last_hash"))) {
        answer = Optional.ofNullable(row.getBytes("answer")).map(SealedAnswer::ofOctets);
      }
    }
    long left = life.state() == Life.State.LIVE ? row.getLong("expires_at") - now : 0;
    return new StoredRefreshToken(
        row.getString("client_id"),
        row.getString("subject"),
        Scope.of(row.getString("scope")),
        life,
        Duration.ofMillis(left),
        answer,
        isRevoked ? "" : Objects.requireNonNullElse(row.getString("rotated_from"), ""));
  }

  @Override
  public Optional<StoredAccessToken> findAccessToken(TokenHash accessToken) {
    return database
        .run(session -> session.one(session.sql().findAccessToken, this::accessToken, accessToken))
        .flatMap(found -> found);
  }

  private Optional<StoredAccessToken> accessToken(ResultSet row) throws SQLException {
    long left = row.getLong("expires_at") - now(row);
    return left > 0 && number(row, "revoked_at") == null
        ? Optional.of(
            new StoredAccessToken(
                row.getString("client_id"),
                row.getString("subject"),
                Scope.of(row.getString("scope")),
                Duration.ofMillis(left)))
        : Optional.empty();
  }

  /** Spends first: who comes second waits there for the first, and then finds nothing alive. */
  @Override
  public boolean commit(Issuance issuance) {
    boolean isOneStatement =
        issuance.spend() instanceof Issuance.Spend.Nothing && issuance.refreshToken().isEmpty();
    boolean isCommitted =
        isOneStatement
            ? database.run(session -> saveAccessToken(session, issuance, null))
            : database.transact(session -> spendAndSave(session, issuance)).isPresent();
    if (isCommitted) {
      sweeper.sweep();
    }
    return isCommitted;
  }

  /** Present when all of it was done. */
  private static Optional<Boolean> spendAndSave(Session session, Issuance issuance)
      throws SQLException {
    if (issuance.spend() instanceof Issuance.Spend.Rotation rotation) {
      return rotate(session, rotation, issuance)
          ? Optional.of(saveAccessToken(session, issuance, rotation.family()))
          : Optional.empty();
    }
    TokenHash family = issuance.refreshToken().map(Issuance.NewRefreshToken::family).orElse(null);
    if (issuance.spend() instanceof Issuance.Spend.Code spent) {
      // What comes of a code without a refresh token is kept together under the code's own hash.
      family = family == null ? spent.code() : family;
      if (session.update(session.sql().spendCode, family, spent.code()) != 1) {
        return Optional.empty();
      }
    }
    saveFamily(session, issuance, family);
    return Optional.of(saveAccessToken(session, issuance, family));
  }

  private static boolean rotate(
      Session session, Issuance.Spend.Rotation rotation, Issuance issuance) throws SQLException {
    Issuance.NewRefreshToken successor = issuance.refreshToken().orElseThrow();
    long lifetime = successor.lifetime().toMillis();
    int rotated =
        session.update(
            session.sql().rotate,
            successor.hash(),
            rotation.token(),
            rotation.answer().map(SealedAnswer::octets).orElse(null),
            rotation.grace().toMillis(),
            rotation.source(),
            lifetime,
            lifetime,
            accessMillis(issuance),
            rotation.family(),
            rotation.token());
    return rotated == 1;
  }

  private static void saveFamily(Session session, Issuance issuance, @Nullable TokenHash family)
      throws SQLException {
    Optional<Issuance.NewRefreshToken> token = issuance.refreshToken();
    long endsIn = token.map(first -> first.familyLifetime().toMillis()).orElse(0L);
    long expiresIn = Math.min(endsIn, token.map(first -> first.lifetime().toMillis()).orElse(0L));
    session.update(
        session.sql().saveFamily,
        family,
        Width.CLIENT_ID.checked(issuance.clientId()),
        Width.SUBJECT.checked(issuance.subject()),
        Width.SCOPE.checked(token.map(Issuance.NewRefreshToken::scope).orElse(Scope.EMPTY)),
        token.map(Issuance.NewRefreshToken::hash).orElse(null),
        endsIn,
        expiresIn,
        Math.max(expiresIn, accessMillis(issuance)));
  }

  private static boolean saveAccessToken(
      Session session, Issuance issuance, @Nullable TokenHash family) throws SQLException {
    if (issuance.accessToken().isPresent()) {
      Issuance.NewAccessToken token = issuance.accessToken().get();
      session.update(
          session.sql().saveAccessToken,
          token.hash(),
          family,
          Width.CLIENT_ID.checked(issuance.clientId()),
          Width.SUBJECT.checked(issuance.subject()),
          Width.SCOPE.checked(token.scope()),
          token.lifetime().toMillis());
    }
    return true;
  }

  private static long accessMillis(Issuance issuance) {
    return issuance.accessToken().map(token -> token.lifetime().toMillis()).orElse(0L);
  }

  @Override
  public void revoke(Revocation revocation) {
    database.transact(
        session -> {
          revoke(session, revocation);
          return Optional.of(true);
        });
  }

  private static void revoke(Session session, Revocation revocation) throws SQLException {
    if (revocation instanceof Revocation.OfCode code) {
      session.update(session.sql().revokeCode, code.code());
      session.update(session.sql().revokeFamilyOfCode, code.code());
    } else if (revocation instanceof Revocation.OfFamily family) {
      session.update(session.sql().revokeFamily, family.family());
    } else if (revocation instanceof Revocation.OfAccessToken token) {
      session.update(session.sql().revokeAccessToken, token.accessToken());
    } else if (revocation instanceof Revocation.OfSubject subject) {
      session.extend(SECONDS_FOR_ALL);
      for (String statement : session.sql().revokeSubject) {
        session.update(statement, subject.subject());
      }
    } else if (revocation instanceof Revocation.OfClient client) {
      session.extend(SECONDS_FOR_ALL);
      for (String statement : session.sql().revokeClient) {
        session.update(statement, client.clientId());
      }
    }
  }

  /** What the database's clock said as it answered. */
  private long now(ResultSet row) throws SQLException {
    long now = row.getLong("now_at");
    database.clock().set(now);
    return now;
  }

  private static Life untilExpiry(ResultSet row, long now) throws SQLException {
    long expiresAt = row.getLong("expires_at");
    return now < expiresAt ? Life.LIVE : ended(Life.State.EXPIRED, now - expiresAt);
  }

  private static Life ended(Life.State state, long millisAgo) {
    return new Life(state, Duration.ofMillis(millisAgo));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  @Override
  public void close() {
    failures.close();
    database.close();
  }
}
