package dev.postern.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.database.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;

/** What the tables of a store hold of the codes and tokens that a client has seen. */
final class Tables {
  private static final int FAMILY_CHARACTERS = 22;

  private final Questions questions;

  /** Each question over a connection of its own: the database may be restarted in between. */
  Tables(Database database) {
    this(database::number);
  }

  private Tables(Questions questions) {
    this.questions = questions;
  }

  /** All questions over one connection: a long run leaves ten thousands of them. */
  static Tables over(Connection connection) {
    return new Tables((sql, parameters) -> Database.number(connection, sql, parameters));
  }

  private interface Questions {
    long number(String sql, Object... parameters);
  }

  /** How many families came of a code. */
  long familiesOf(String code) {
    return questions.number(
        "SELECT COUNT(*) FROM postern_family f JOIN postern_code c"
            + " ON c.family_hash = f.family_hash WHERE c.code_hash = ?",
        sha256(code));
  }

  /** How many families there are at all. */
  long families() {
    return questions.number("SELECT COUNT(*) FROM postern_family");
  }

  /** How many access tokens the family of a refresh token has. */
  long accessTokensOfFamily(String refreshToken) {
    return questions.number(
        "SELECT COUNT(*) FROM postern_access_token WHERE family_hash = ?",
        familyHash(refreshToken));
  }

  /** How many access tokens came of a code. */
  long accessTokensOf(String code) {
    return questions.number(
        "SELECT COUNT(*) FROM postern_access_token t JOIN postern_code c"
            + " ON c.family_hash = t.family_hash WHERE c.code_hash = ?",
        sha256(code));
  }

  boolean hasAccessToken(String accessToken) {
    return questions.number(
            "SELECT COUNT(*) FROM postern_access_token WHERE token_hash = ?", sha256(accessToken))
        == 1;
  }

  /** Whether this is a family's refresh token, not one that was rotated. */
  boolean isCurrent(String refreshToken) {
    return questions.number(
            "SELECT COUNT(*) FROM postern_family WHERE family_hash = ? AND current_hash = ?",
            familyHash(refreshToken),
            sha256(refreshToken))
        == 1;
  }

  boolean isRevoked(String refreshToken) {
    return questions.number(
            "SELECT COUNT(*) FROM postern_family WHERE family_hash = ? AND revoked_at IS NOT NULL",
            familyHash(refreshToken))
        == 1;
  }

  /** I1 and I2: that nothing is half there, and no code gave two families. */
  void assertNothingHalfIssued() {
    assertNone(
        "spent codes without a family",
        "SELECT COUNT(*) FROM postern_code c WHERE c.spent_at IS NOT NULL AND NOT EXISTS"
            + " (SELECT 1 FROM postern_family f WHERE f.family_hash = c.family_hash)");
    assertNone(
        "families without a spent code",
        "SELECT COUNT(*) FROM postern_family f WHERE NOT EXISTS (SELECT 1 FROM postern_code c"
            + " WHERE c.family_hash = f.family_hash AND c.spent_at IS NOT NULL)");
    assertNone(
        "families of two codes",
        "SELECT COUNT(*) FROM (SELECT family_hash FROM postern_code"
            + " WHERE family_hash IS NOT NULL GROUP BY family_hash HAVING COUNT(*) > 1) AS two");
    assertNone(
        "families without an access token",
        "SELECT COUNT(*) FROM postern_family f WHERE NOT EXISTS"
            + " (SELECT 1 FROM postern_access_token t WHERE t.family_hash = f.family_hash)");
    assertNone(
        "access tokens without a family",
        "SELECT COUNT(*) FROM postern_access_token t WHERE t.client_id = 'shop' AND"
            + " NOT EXISTS"
            + " (SELECT 1 FROM postern_family f WHERE f.family_hash = t.family_hash)");
    assertNone(
        "rotated families with one access token",
        "SELECT COUNT(*) FROM postern_family f WHERE f.rotated_at IS NOT NULL AND"
            + " (SELECT COUNT(*) FROM postern_access_token t"
            + " WHERE t.family_hash = f.family_hash) < 2");
  }

  private void assertNone(String what, String query) {
    assertThat(questions.number(query)).as(what).isZero();
  }

  private static byte[] familyHash(String refreshToken) {
    return sha256(refreshToken.substring(0, FAMILY_CHARACTERS));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
