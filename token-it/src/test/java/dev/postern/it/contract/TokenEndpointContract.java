package dev.postern.it.contract;

import dev.postern.it.Launcher;
import dev.postern.it.database.Databases;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
  private @Nullable Running running;

  /** What starts the container. */
  abstract Launcher launcher();

  /** In which databases state is kept, each application in one of its own; else in memory. */
  Optional<Databases> databases() {
    return Optional.empty();
  }

  private Running started() {
    if (running == null) {
      running = new Running(launcher(), databases());
    }
    return running;
  }

  @AfterAll
  void stop() throws Exception {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  @Nested
  final class Method extends MethodContract {
    Method() {
      super(started());
    }
  }

  @Nested
  final class Path extends PathContract {
    Path() {
      super(started());
    }
  }

  @Nested
  final class Pages extends PagesContract {
    Pages() {
      super(running);
    }
  }

  @Nested
  final class Examples extends PageExamplesContract {
    Examples() {
      super(started());
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
      super(started());
    }
  }

  @Nested
  final class Body extends BodyContract {
    Body() {
      super(started());
    }
  }

  @Nested
  final class SlowBody extends SlowBodyContract {
    SlowBody() {
      super(started());
    }
  }

  @Nested
  final class Decoding extends DecodingContract {
    Decoding() {
      super(started());
    }
  }

  @Nested
  final class Parameter extends ParameterContract {
    Parameter() {
      super(started());
    }
  }

  @Nested
  final class Trace extends TraceContract {
    Trace() {
      super(started());
    }
  }

  @Nested
  final class KeepAlive extends KeepAliveContract {
    KeepAlive() {
      super(started());
    }
  }

  @Nested
  final class EarlierFilter extends EarlierFilterContract {
    EarlierFilter() {
      super(started());
    }
  }

  @Nested
  final class Basic extends BasicContract {
    Basic() {
      super(started());
    }
  }

  @Nested
  final class Mechanism extends MechanismContract {
    Mechanism() {
      super(started());
    }
  }

  @Nested
  final class Secret extends SecretContract {
    Secret() {
      super(started());
    }
  }

  @Nested
  final class NearMiss extends NearMissContract {
    NearMiss() {
      super(started());
    }
  }

  @Nested
  final class GrantNearMiss extends GrantNearMissContract {
    GrantNearMiss() {
      super(started());
    }
  }

  @Nested
  final class LockOut extends LockOutContract {
    LockOut() {
      super(started());
    }
  }

  @Nested
  final class ClientCredentials extends ClientCredentialsContract {
    ClientCredentials() {
      super(started());
    }
  }

  @Nested
  final class Code extends CodeContract {
    Code() {
      super(started());
    }
  }

  @Nested
  final class Authorize extends AuthorizeContract {
    Authorize() {
      super(started());
    }
  }

  @Nested
  final class Consent extends ConsentContract {
    Consent() {
      super(started());
    }
  }

  @Nested
  final class Login extends LoginContract {
    Login() {
      super(started());
    }
  }

  @Nested
  final class Redirect extends RedirectContract {
    Redirect() {
      super(started());
    }
  }

  @Nested
  final class Pkce extends PkceContract {
    Pkce() {
      super(started());
    }
  }

  @Nested
  final class Refresh extends RefreshContract {
    Refresh() {
      super(started());
    }
  }

  @Nested
  final class Introspection extends IntrospectionContract {
    Introspection() {
      super(started());
    }
  }

  @Nested
  final class Revocation extends RevocationContract {
    Revocation() {
      super(started());
    }
  }

  @Nested
  final class Bearer extends BearerContract {
    Bearer() {
      super(started());
    }
  }

  @Nested
  final class Metadata extends MetadataContract {
    Metadata() {
      super(started());
    }
  }

  @Nested
  final class Password extends PasswordContract {
    Password() {
      super(started());
    }
  }

  @Nested
  final class Guard extends GuardContract {
    Guard() {
      super(started());
    }
  }

  @Nested
  final class Browser extends BrowserContract {
    Browser() {
      super(started());
    }
  }

  @Nested
  final class Transport extends TransportContract {
    Transport() {
      super(started());
    }
  }

  @Nested
  final class Extension extends ExtensionContract {
    Extension() {
      super(started());
    }
  }

  @Nested
  final class Cdi extends CdiContract {
    Cdi() {
      super(started());
    }
  }

  @Nested
  final class Configuration extends ConfigurationContract {
    Configuration() {
      super(started());
    }
  }

  @Nested
  @Order(Integer.MAX_VALUE - 1)
  final class Race extends RaceContract {
    Race() {
      super(started());
    }
  }

  /** Last, to see all of it. */
  @Nested
  @Order(Integer.MAX_VALUE)
  final class Leak extends LeakContract {
    Leak() {
      super(started());
    }
  }
}
