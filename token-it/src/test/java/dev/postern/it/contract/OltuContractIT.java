package dev.postern.it.contract;

import dev.postern.it.server.OltuApp;
import dev.postern.servlet.TokenGuard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

@DisplayName("The contract of requests and clients, of an endpoint of Apache Oltu's behind a guard")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OltuContractIT {
  private static final Map<String, List<String>> SECRETS =
      Map.of(
          TestClients.BATCH, List.of(TestClients.BATCH_SECRET),
          TestClients.POSTER, List.of(TestClients.POSTER_SECRET),
          TestClients.COLON, List.of(TestClients.COLON_SECRET),
          TestClients.PLUS, List.of(TestClients.PLUS_SECRET),
          TestClients.PERCENT, List.of(TestClients.PERCENT_SECRET),
          TestClients.ACCENT, List.of(TestClients.ACCENT_SECRET),
          TestClients.LONG, List.of(TestClients.LONG_SECRET),
          TestClients.ROTATING, List.of(TestClients.ROTATING_OLD, TestClients.ROTATING_NEW));

  private final Running running =
      new Running(OltuApp.SERVER, Optional.empty(), OltuContractIT::guarded);

  /** The same with Oltu's endpoint where Postern's was, and the guard in front of it. */
  private static TestApp guarded(TestApp app) {
    return app.without("passwordGrant")
        .filter(TokenGuard.class)
        .mapping("/oauth/token")
        .xml(OltuApp.at("/oauth/token"))
        .exploded(webapp -> OltuApp.addTo(webapp, SECRETS));
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
}
