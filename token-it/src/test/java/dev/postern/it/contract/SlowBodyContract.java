package dev.postern.it.contract;

import static dev.postern.core.StandardReason.BODY_TOO_SLOW;

import dev.postern.it.Answer;
import dev.postern.it.RawConnection;
import dev.postern.it.Rfc;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a body has ten seconds to come: who sends it in drops holds no thread for longer")
@Rfc("RFC9110-15.5.9")
abstract class SlowBodyContract extends Contract {
  private static final Duration PAUSE = Duration.ofMillis(2_200);

  SlowBodyContract(Running running) {
    super(running);
  }

  @Test
  void a_body_in_drops_is_refused_though_it_ends_well() {
    byte[] whole =
        shop()
            .http()
            .request(
                "POST",
                shop().path(),
                List.of(Endpoint.FORM, AS_BATCH),
                (CLIENT_CREDENTIALS + "&scope=orders.read").getBytes(StandardCharsets.US_ASCII));
    int sent = whole.length - 12;
    try (RawConnection connection = shop().http().within(Duration.ofSeconds(30)).open()) {
      connection.send(Arrays.copyOf(whole, sent));
      // With the fifth pause the ten seconds are over. All of the rest comes then, as Tomcat would
      // wait
      // for it before it closes the connection.
      for (int drop = 0; drop < 4; drop++) {
        connection.expectSilence(PAUSE).send(new byte[] {whole[sent + drop]});
      }
      connection.expectSilence(PAUSE).send(Arrays.copyOfRange(whole, sent + 4, whole.length));
      Answer answer = shop().received(connection.read());

      assertRefused(answer, 408, BODY_TOO_SLOW);
    }
  }
}
