package dev.postern.it.contract;

import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import dev.postern.it.app.VoucherGrant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A bean is an extension where the server has CDI; where it has none, none is missed")
@Rfc("RFC6749-4.5")
@Slice
abstract class CdiContract extends Contract {
  private static final String KEEPER = "keeper";
  private static final String KEEPER_SECRET = "kX7-keeper-generated-secret-0021";

  CdiContract(Running running) {
    super(running);
  }

  private boolean hasCdi() {
    return running().launcher().hasCdi();
  }

  /** A client that is registered for a grant which there is not would stop the deployment. */
  private TestClients clients() {
    return hasCdi()
        ? TestClients.all().confidential(KEEPER, KEEPER_SECRET, "a b", "urn:example:voucher")
        : TestClients.all();
  }

  private Endpoint beans() {
    return endpoint(
        "beans",
        () ->
            TestApp.with(clients())
                .file("WEB-INF/beans.xml", "<beans bean-discovery-mode=\"all\" version=\"4.0\"/>")
                .classes(VoucherGrant.class));
  }

  @Test
  void a_grant_that_is_a_bean() {
    String form = "grant_type=urn:example:voucher&voucher=gold-1";

    if (hasCdi()) {
      Answer answer = beans().token(form, Endpoint.basic(KEEPER, KEEPER_SECRET));
      assertThat(assertIssued(answer).getString("level")).isEqualTo("gold");
    } else {
      beans().assertRefused(beans().token(form, AS_BATCH), 400, GRANT_TYPE_UNSUPPORTED);
    }
  }
}
