package dev.postern.it.demo;

import dev.postern.it.database.PostgresServer;
import javax.naming.NamingException;
import org.eclipse.jetty.plus.jndi.Resource;

/** A PostgreSQL of the demo's own, bound in JNDI for all that runs in this JVM. */
final class SharedPostgres {
  private static final String NAME = "jdbc/tokens";
  private static final int CONNECTIONS = 10;

  private SharedPostgres() {}

  /** Starts it, and has every filter use it; it ends with this JVM. */
  static void start() {
    try {
      new Resource(NAME, PostgresServer.shared().create().pool(CONNECTIONS).source());
    } catch (NamingException e) {
      throw new IllegalStateException("cannot be bound: " + NAME, e);
    }
    // As an administrator would set what the web.xml does not.
    System.setProperty("postern.dataSource", NAME);
    System.setProperty("postern.createSchema", "true");
  }
}
