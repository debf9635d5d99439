package dev.postern.it.contract;

import dev.postern.it.Containers;
import dev.postern.it.database.Databases;
import org.junit.jupiter.api.Tag;

/** In embedded Tomcat, over MariaDB. */
@Tag("heavy")
final class TomcatMariaDbContractIT extends TokenEndpointContract {
  TomcatMariaDbContractIT() {
    super(Containers.TOMCAT, Databases.MARIADB);
  }
}
