package dev.postern.it.database;

/** The databases that Postern is tested with. */
public enum Databases {
  /** PostgreSQL 18. */
  POSTGRES {
    @Override
    public Database create() {
      return PostgresServer.shared().create();
    }
  },
  /** MariaDB 11.4. */
  MARIADB {
    @Override
    public Database create() {
      return MariaDbServer.shared().create();
    }
  },
  /** H2, in this JVM's memory. */
  H2 {
    @Override
    public Database create() {
      return Database.h2();
    }
  };

  /** A fresh database, in a server that is started when the first is asked for. */
  public abstract Database create();
}
