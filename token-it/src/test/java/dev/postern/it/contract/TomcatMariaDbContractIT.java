package dev.postern.it.contract;

import dev.postern.it.Containers;
import dev.postern.it.database.Databases;

/** In embedded Tomcat, over MariaDB. */
final class TomcatMariaDbContractIT extends TokenEndpointContract {
  TomcatMariaDbContractIT() {
    super(Containers.TOMCAT, Databases.MARIADB);
  }
}
