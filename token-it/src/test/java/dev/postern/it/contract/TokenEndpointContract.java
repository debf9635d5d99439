package dev.postern.it.contract;

import dev.postern.it.Containers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** All that holds over HTTP, in whichever container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TokenEndpointContract {
  private final Running running;

  TokenEndpointContract(Containers containers) {
    this.running = new Running(containers);
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
}
