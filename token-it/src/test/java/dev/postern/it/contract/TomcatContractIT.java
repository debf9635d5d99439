package dev.postern.it.contract;

import dev.postern.it.Containers;

/** In embedded Tomcat. */
final class TomcatContractIT extends TokenEndpointContract {
  TomcatContractIT() {
    super(Containers.TOMCAT);
  }
}
