package dev.postern.core.jdbc;

import java.time.Duration;
import java.util.List;

/**
 * Every statement that runs. Times are milliseconds since the epoch; {@code {now}} is the
 * database's own clock, the only one by which anything is judged. Immutable.
 */
final class Sql {
  static final String ADD_FAILURES =
      "UPDATE postern_failure SET failures = failures + ? WHERE failure_key = ? AND period = ?";
  static final String FIRST_FAILURES =
      "INSERT INTO postern_failure (failure_key, period, failures) VALUES (?, ?, ?)";
  static final String FORGET_FAILURES = "DELETE FROM postern_failure WHERE period < ?";
  static final String FAILURES =
      "SELECT failure_key, failures FROM postern_failure WHERE period = ?"
          + " ORDER BY failures DESC LIMIT ?";

  static final String FIND_CONSENT =
      "SELECT scope FROM postern_consent WHERE client_id = ? AND subject = ?";

  static final int SWEEPS = 5;
  static final String ALL_CLIENTS =
      """
      SELECT client_id, client_name, token_endpoint_auth_method, grant_types, scope,
        ignored_scopes, redirect_uris, plain_challenge_allowed, introspection, skip_consent, disabled
      FROM postern_client ORDER BY client_id""";
  static final String ALL_SECRETS =
      """
      SELECT client_id, name, hash, expires_at
      FROM postern_client_secret ORDER BY client_id, name""";

  final String now;

  final String renewConsent;
  final String saveConsent;

  final String liveCodes;
  final String saveCode;
  final String findCode;
  final String spendCode;
  final String revokeCode;
  final String revokeFamilyOfCode;

  final String saveFamily;
  final String findFamily;
  final String rotate;
  final String revokeFamily;

  final String saveAccessToken;
  final String findAccessToken;
  final String revokeAccessToken;

  /** With the subject, then with the client: codes before families before access tokens. */
  final List<String> revokeSubject;

  final List<String> revokeClient;

  /** The steps of cleaning, which take turns. */
  final List<Sweep> sweeps;

  Sql(String now) {
    this.now = with(now, "SELECT {now}");
    this.renewConsent =
        with(
            now,
            """
            UPDATE postern_consent SET scope = ?, given_at = {now}
            WHERE client_id = ? AND subject = ?""");
    this.saveConsent =
        with(
            now,
            """
            INSERT INTO postern_consent (client_id, subject, scope, given_at)
            VALUES (?, ?, ?, {now})""");
    this.liveCodes =
        with(
            now,
            """
            SELECT COUNT(*) FROM (SELECT code_hash FROM postern_code
              WHERE subject = ? AND spent_at IS NULL AND revoked_at IS NULL
                AND expires_at > {now} LIMIT ?) AS live""");
    this.saveCode =
        with(
            now,
            """
            INSERT INTO postern_code (code_hash, client_id, subject, scope, redirect_uri,
              redirect_uri_required, challenge, expires_at, forget_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, {now} + ?, {now} + ?)""");
    this.findCode =
        with(
            now,
            """
            SELECT client_id, subject, scope, redirect_uri, redirect_uri_required, challenge,
              expires_at, spent_at, revoked_at, {now} AS now_at
            FROM postern_code WHERE code_hash = ?""");
    // The compare-and-set of I1. A spent code stays until its family goes.
    this.spendCode =
        with(
            now,
            """
            UPDATE postern_code SET spent_at = {now}, family_hash = ?, forget_at = NULL
            WHERE code_hash = ? AND spent_at IS NULL AND revoked_at IS NULL
              AND expires_at > {now}""");
    this.revokeCode =
        with(
            now,
            "UPDATE postern_code SET revoked_at = {now} WHERE code_hash = ? AND revoked_at IS NULL");
    this.revokeFamilyOfCode =
        with(
            now,
            """
            UPDATE postern_family SET revoked_at = {now}, answer = NULL, grace_ends_at = NULL,
              rotated_from = NULL
            WHERE family_hash = (SELECT family_hash FROM postern_code WHERE code_hash = ?)
              AND revoked_at IS NULL""");

    this.saveFamily =
        with(
            now,
            """
            INSERT INTO postern_family (family_hash, client_id, subject, scope, current_hash,
              ends_at, expires_at, over_at)
            VALUES (?, ?, ?, ?, ?, {now} + ?, {now} + ?, {now} + ?)""");
    this.findFamily =
        with(
            now,
            """
            SELECT client_id, subject, scope, current_hash, expires_at, last_hash, answer,
              rotated_at, rotated_from, grace_ends_at, revoked_at, {now} AS now_at
            FROM postern_family WHERE family_hash = ?""");
    // The compare-and-set of I1, I4 and I5. The answer before this one goes: its successor is used.
    this.rotate =
        with(
            now,
            """
            UPDATE postern_family SET current_hash = ?, last_hash = ?, answer = ?,
              rotated_at = {now}, grace_ends_at = {now} + ?, rotated_from = ?,
              expires_at = LEAST({now} + ?, ends_at),
              over_at = GREATEST(over_at, LEAST({now} + ?, ends_at), {now} + ?)
            WHERE family_hash = ? AND current_hash = ? AND revoked_at IS NULL
              AND expires_at > {now}""");
    this.revokeFamily =
        with(
            now,
            """
            UPDATE postern_family SET revoked_at = {now}, answer = NULL, grace_ends_at = NULL,
              rotated_from = NULL
            WHERE family_hash = ? AND revoked_at IS NULL""");

    this.saveAccessToken =
        with(
            now,
            """
            INSERT INTO postern_access_token (token_hash, family_hash, client_id, subject, scope,
              expires_at)
            VALUES (?, ?, ?, ?, ?, {now} + ?)""");
    this.findAccessToken =
        with(
            now,
            """
            SELECT t.client_id, t.subject, t.scope, t.expires_at, f.revoked_at, {now} AS now_at
            FROM postern_access_token t
            LEFT JOIN postern_family f ON f.family_hash = t.family_hash
            WHERE t.token_hash = ?""");
    this.revokeAccessToken = "DELETE FROM postern_access_token WHERE token_hash = ?";

    this.revokeSubject = revokeAll(now, "subject");
    this.revokeClient = revokeAll(now, "client_id");
    this.sweeps =
        List.of(
            new Sweep(
                dead("token_hash", "postern_access_token", "expires_at"),
                Duration.ZERO,
                List.of("DELETE FROM postern_access_token WHERE token_hash = ?")),
            new Sweep(
                dead("code_hash", "postern_code", "forget_at"),
                Duration.ZERO,
                List.of("DELETE FROM postern_code WHERE code_hash = ?")),
            // With a family goes the code that it came of: its replay can tell nothing more.
            new Sweep(
                dead("family_hash", "postern_family", "over_at"),
                Sweeper.KEEP_DEAD,
                List.of(
                    "DELETE FROM postern_code WHERE family_hash = ?",
                    "DELETE FROM postern_family WHERE family_hash = ?")),
            new Sweep(
                dead("family_hash", "postern_family", "grace_ends_at"),
                Duration.ZERO,
                List.of(
                    "UPDATE postern_family SET answer = NULL, grace_ends_at = NULL"
                        + " WHERE family_hash = ?")),
            new Sweep(
                dead("trace_id", "postern_trace", "forget_at"),
                Duration.ZERO,
                List.of(TraceSql.FORGET)));
  }

  /**
   * Finds the keys of what is dead since a time; how many at most. Rows that others hold are passed
   * over.
   */
  static String dead(String key, String table, String time) {
    return "SELECT %1$s FROM %2$s WHERE %3$s <= ? ORDER BY %3$s LIMIT ? FOR UPDATE SKIP LOCKED"
        .formatted(key, table, time);
  }

  private static List<String> revokeAll(String now, String column) {
    String dead = column + " = ? AND revoked_at IS NULL";
    return List.of(
        with(now, "UPDATE postern_code SET revoked_at = {now} WHERE " + dead),
        with(
            now,
            "UPDATE postern_family SET revoked_at = {now}, answer = NULL, grace_ends_at = NULL,"
                + " rotated_from = NULL WHERE "
                + dead),
        "DELETE FROM postern_access_token WHERE " + column + " = ?");
  }

  /**
   * A step of cleaning.
   *
   * @param find the keys of what is dead since a time, and how many at most
   * @param keep how long the dead are kept
   * @param forEach what is done for each of the keys
   */
  record Sweep(String find, Duration keep, List<String> forEach) {}

  private static String with(String now, String text) {
    return text.replace("{now}", now);
  }
}
