package dev.postern.core.jdbc;

import dev.postern.core.StandardReason;
import dev.postern.core.UnavailableException;

/**
 * How much the columns hold. Looked at before the database does, for PostgreSQL does not say which
 * column it was, and MariaDB may be set to cut what is too long: one user would become another.
 * What is too long is no client's doing: of its parameters none has more than 4,000 characters, so
 * it is a registration, or what the realm calls the user.
 */
enum Width {
  CLIENT_ID("client_id", 255),
  SUBJECT("subject", 255),
  SCOPE("scope", 4_000),
  REDIRECT_URI("redirect_uri", 4_000);

  private final String column;
  private final int most;

  Width(String column, int most) {
    this.column = column;
    this.most = most;
  }

  /**
   * The text of {@code value}, when it fits.
   *
   * @throws UnavailableException when it does not; the message does not repeat it
   */
  String checked(Object value) {
    String text = value.toString();
    if (text.length() > most) {
      throw new UnavailableException(
          StandardReason.STORE_UNAVAILABLE,
          column + " has " + text.length() + " characters, and the tables have room for " + most);
    }
    return text;
  }
}
