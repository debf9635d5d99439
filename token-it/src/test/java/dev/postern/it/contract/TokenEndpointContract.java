package dev.postern.it.contract;

import dev.postern.it.Containers;
import dev.postern.it.database.Databases;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;

/** All that holds over HTTP, in whichever container. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TokenEndpointContract {
  private final Running running;

  TokenEndpointContract(Containers containers) {
    this.running = new Running(containers, Optional.empty());
  }

  /** With all state in databases of this kind. */
  TokenEndpointContract(Containers containers, Databases databases) {
    this.running = new Running(containers, Optional.of(databases));
  }

  @AfterAll
  void stop() throws Exception {
    running.close();
  }

  @Nested
  final class Method extends MethodContract {
    Method() {
      super(running);
    }
  }

  @Nested
  final class Path extends PathContract {
    Path() {
      super(running);
    }
  }

  @Nested
  final class Pages extends PagesContract {
    Pages() {
      super(running);
    }
  }

  @Nested
  final class RefusalPages extends RefusalPagesContract {
    RefusalPages() {
      super(running);
    }
  }

  @Nested
  final class MediaType extends MediaTypeContract {
    MediaType() {
      super(running);
    }
  }

  @Nested
  final class Body extends BodyContract {
    Body() {
      super(running);
    }
  }

  @Nested
  final class Decoding extends DecodingContract {
    Decoding() {
      super(running);
    }
  }

  @Nested
  final class Parameter extends ParameterContract {
    Parameter() {
      super(running);
    }
  }

  @Nested
  final class Trace extends TraceContract {
    Trace() {
      super(running);
    }
  }

  @Nested
  final class KeepAlive extends KeepAliveContract {
    KeepAlive() {
      super(running);
    }
  }

  @Nested
  final class EarlierFilter extends EarlierFilterContract {
    EarlierFilter() {
      super(running);
    }
  }

  @Nested
  final class Basic extends BasicContract {
    Basic() {
      super(running);
    }
  }

  @Nested
  final class Mechanism extends MechanismContract {
    Mechanism() {
      super(running);
    }
  }

  @Nested
  final class Secret extends SecretContract {
    Secret() {
      super(running);
    }
  }

  @Nested
  final class LockOut extends LockOutContract {
    LockOut() {
      super(running);
    }
  }

  @Nested
  final class ClientCredentials extends ClientCredentialsContract {
    ClientCredentials() {
      super(running);
    }
  }

  @Nested
  final class Code extends CodeContract {
    Code() {
      super(running);
    }
  }

  @Nested
  final class Pkce extends PkceContract {
    Pkce() {
      super(running);
    }
  }

  @Nested
  final class Refresh extends RefreshContract {
    Refresh() {
      super(running);
    }
  }

  @Nested
  final class Password extends PasswordContract {
    Password() {
      super(running);
    }
  }

  @Nested
  final class Guard extends GuardContract {
    Guard() {
      super(running);
    }
  }

  @Nested
  final class Browser extends BrowserContract {
    Browser() {
      super(running);
    }
  }

  @Nested
  final class Transport extends TransportContract {
    Transport() {
      super(running);
    }
  }

  @Nested
  final class Extension extends ExtensionContract {
    Extension() {
      super(running);
    }
  }

  @Nested
  final class Configuration extends ConfigurationContract {
    Configuration() {
      super(running);
    }
  }

  @Nested
  @Order(Integer.MAX_VALUE - 1)
  final class Race extends RaceContract {
    Race() {
      super(running);
    }
  }

  /** Last, to see all of it. */
  @Nested
  @Order(Integer.MAX_VALUE)
  final class Leak extends LeakContract {
    Leak() {
      super(running);
    }
  }
}
