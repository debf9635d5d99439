package dev.postern.it.contract;

import dev.postern.it.Containers;

/** In embedded Jetty. */
final class JettyContractIT extends TokenEndpointContract {
  JettyContractIT() {
    super(Containers.JETTY);
  }
}
