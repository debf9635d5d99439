package dev.postern.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.InProcess;
import dev.postern.it.Rfc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("No secret, code, token, verifier or assertion of all these tests was seen again")
@Rfc("RFC6749-10.3")
abstract class LeakContract extends Contract {
  LeakContract(Running running) {
    super(running);
  }

  @Test
  void in_no_log_line() {
    assertIssued(batch(CLIENT_CREDENTIALS));
    String everything = running().log().everything();

    assertThat(running().ledger().seenIn("x" + TestClients.BATCH_SECRET + "y"))
        .contains(TestClients.BATCH_SECRET);
    assertThat(running().ledger().seenIn(everything)).isEmpty();
  }

  @Test
  void on_no_page_for_administrators() {
    List<String> pages = new ArrayList<>();
    running().endpoints().forEach(endpoint -> pages.addAll(Told.pages(endpoint)));

    assertThat(running().ledger().seenIn(String.join("\n", pages))).isEmpty();
  }

  @Test
  @InProcess("the beans are those of this JVM")
  void in_no_figure() throws Exception {
    assertThat(batch("").status()).isEqualTo(400);

    assertThat(Told.beans()).contains("TOK1034");
    assertThat(running().ledger().seenIn(Told.beans())).isEmpty();
  }

  @Test
  void in_no_refusal() {
    assertThat(batch("").status()).isEqualTo(400);

    assertThat(running().ledger().refusals()).isPositive();
    assertThat(running().ledger().seenInRefusals()).isEmpty();
  }
}
