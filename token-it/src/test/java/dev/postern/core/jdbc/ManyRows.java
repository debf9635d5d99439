package dev.postern.core.jdbc;

import dev.postern.core.TokenHash;
import dev.postern.it.database.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Tables on PostgreSQL that hold as many codes, families, access tokens and refusals as one likes.
 */
public final class ManyRows {
  private static final String LATER = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint";

  private ManyRows() {}

  /** So many of each, all alive; the tables have to be there. */
  public static void fill(Database database, int count) {
    String each = " FROM generate_series(0, " + (count - 1) + ") AS i";
    database.execute(
        "INSERT INTO postern_code (code_hash, client_id, subject, scope, redirect_uri,"
            + " redirect_uri_required, expires_at, forget_at)"
            + " SELECT sha256(('c' || i)::bytea), 'shop' || i % 50, 'user' || i, 'profile',"
            + " 'https://shop.example/cb', false, later + 600000, later + 1200000"
            + each
            + ", (SELECT "
            + LATER
            + " AS later) AS l");
    database.execute(
        "INSERT INTO postern_family (family_hash, client_id, subject, scope, current_hash,"
            + " ends_at, expires_at, over_at)"
            + " SELECT sha256(('f' || i)::bytea), 'shop' || i % 50, 'user' || i, 'profile',"
            + " sha256(('t' || i || '.0')::bytea), later + 9000000000, later + 3000000000 + i,"
            + " later + 3000000000 + i"
            + each
            + ", (SELECT "
            + LATER
            + " AS later) AS l");
    database.execute(
        "INSERT INTO postern_access_token (token_hash, family_hash, client_id, subject, scope,"
            + " expires_at)"
            + " SELECT sha256(('a' || i)::bytea), sha256(('f' || i)::bytea), 'shop' || i % 50,"
            + " 'user' || i, 'profile', later + 600000 + i"
            + each
            + ", (SELECT "
            + LATER
            + " AS later) AS l");
    database.execute(
        "INSERT INTO postern_trace (trace_id, correlation_id, refused_at, forget_at, client_id,"
            + " source_address, reason_number, reason_name, error, failed_check, reason_text,"
            + " told_number, told_text, about, detail, endpoint)"
            + " SELECT 't' || i, 'c' || i, later - i, later + 600000 - i, 'shop' || i % 50,"
            + " '192.0.2.7', 2100 + i % 9, 'X', 'X', 'X', 'x', 2000, 'x', '', '', '/shop/oauth/token'"
            + each
            + ", (SELECT "
            + LATER
            + " AS later) AS l");
    database.execute("VACUUM ANALYZE");
    database.execute("CHECKPOINT");
  }

  /** The code of this number. */
  public static TokenHash code(int number) {
    return hash("c" + number);
  }

  /** The family of this number. */
  public static TokenHash family(int number) {
    return hash("f" + number);
  }

  /** The refresh token of a family after so many rotations. */
  public static TokenHash refreshToken(int number, int rotations) {
    return hash("t" + number + "." + rotations);
  }

  /** The access token of this number. */
  public static TokenHash accessToken(int number) {
    return hash("a" + number);
  }

  /** What this text stands for. */
  public static TokenHash hash(String text) {
    try {
      return TokenHash.ofOctets(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
