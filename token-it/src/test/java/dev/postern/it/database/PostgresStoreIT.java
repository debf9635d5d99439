package dev.postern.it.database;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract of all stores on PostgreSQL, however its connections come. */
final class PostgresStoreIT {
  @Nested
  final class Pooled extends PooledStoreContract {
    Pooled() {
      super(Databases.POSTGRES.create().pool(8));
    }
  }

  @Nested
  @DisplayName("SERIALIZABLE, autocommit off")
  final class Serializable extends PooledStoreContract {
    Serializable() {
      super(Databases.POSTGRES.create().serialized().poolWithoutAutoCommit(8));
    }
  }

  @Nested
  @Tag("heavy")
  @DisplayName("one connection")
  final class OneConnection extends PooledStoreContract {
    OneConnection() {
      super(Databases.POSTGRES.create().pool(1));
    }
  }

  @Nested
  @Tag("heavy")
  @DisplayName("one connection, SERIALIZABLE")
  final class OneSerializable extends PooledStoreContract {
    OneSerializable() {
      super(Databases.POSTGRES.create().serialized().pool(1));
    }
  }

  @Nested
  @Tag("heavy")
  @DisplayName("one connection, autocommit off")
  final class OneWithoutAutoCommit extends PooledStoreContract {
    OneWithoutAutoCommit() {
      super(Databases.POSTGRES.create().poolWithoutAutoCommit(1));
    }
  }
}
