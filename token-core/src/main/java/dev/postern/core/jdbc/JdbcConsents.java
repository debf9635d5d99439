package dev.postern.core.jdbc;

import dev.postern.core.ConsentStore;
import dev.postern.core.Scope;
import java.util.Optional;

/** What users have allowed clients, in the database that the nodes share. Thread-safe. */
final class JdbcConsents implements ConsentStore {
  private final Database database;

  JdbcConsents(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Scope> find(String clientId, String subject) {
    return database.run(
        session ->
            session.one(
                Sql.FIND_CONSENT, row -> Scope.of(row.getString("scope")), clientId, subject));
  }

  @Override
  public void save(String clientId, String subject, Scope scope) {
    String client = Width.CLIENT_ID.checked(clientId);
    String user = Width.SUBJECT.checked(subject);
    String allowed = Width.SCOPE.checked(scope);
    database.run(
        session -> {
          if (session.update(session.sql().renewConsent, allowed, client, user) == 0) {
            // Who loses a race for the first answer tries again, and finds a row to renew.
            session.update(session.sql().saveConsent, client, user, allowed);
          }
          return true;
        });
  }

  @Override
  public void forgetSubject(String subject) {
    forget("DELETE FROM postern_consent WHERE subject = ?", subject);
  }

  @Override
  public void forgetClient(String clientId) {
    forget("DELETE FROM postern_consent WHERE client_id = ?", clientId);
  }

  private void forget(String statement, String whose) {
    database.run(session -> session.update(statement, whose));
  }
}
