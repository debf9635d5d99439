package dev.postern.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.StandardReason;
import dev.postern.it.Answer;
import dev.postern.it.Realm;
import java.util.stream.Stream;

/** What the parts of the contract for near misses share. */
abstract class NearMissSupport extends Contract {
  static final String ODD = "odd";
  static final String ODD_SECRET = "kX7+odd/generated%secret-0011";

  NearMissSupport(Running running) {
    super(running);
  }

  /** Where a secret needs encoding, a proxy says who asks, and alice may see why. */
  final Endpoint near() {
    return endpoint(
        "near-misses",
        () ->
            TestApp.with(
                    TestClients.all()
                        .with(
                            ODD,
                            "client_secret_post",
                            "client_credentials",
                            client -> client.add("secrets", TestClients.secrets(ODD_SECRET)))
                        .confidential("pl+us", ODD_SECRET, "", "client_credentials"))
                .parameter("adminRole", Realm.ROLE)
                .parameter("trustedProxies", "127.0.0.1")
                .parameter("refreshGrace", "0"));
  }

  static String[] from(String source, String... more) {
    return Stream.concat(
            Stream.of("X-Forwarded-Proto: https", "X-Forwarded-For: " + source), Stream.of(more))
        .toArray(String[]::new);
  }

  /** That it looks like {@code plain} to the client, while log and trace show the cause. */
  final void assertNear(
      Answer near,
      Answer plain,
      int status,
      StandardReason told,
      StandardReason cause,
      String detail) {
    near().assertRefused(near, status, told, cause);
    assertThat(near().logLine(near)).contains(" detail=\"" + detail + "\"");
    assertThat(alike(near)).isEqualTo(alike(plain));
    Traced.assertTraced(near(), near, cause, detail);
  }

  /** The answer without what is new in each. */
  static String alike(Answer answer) {
    return answer
        .toString()
        .replaceAll("Date: [^\n]*", "")
        .replaceAll("\"(timestamp|trace_id|correlation_id)\":\"[^\"]*\"", "");
  }
}
