package dev.postern.it.contract;

import static dev.postern.it.contract.Endpoint.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Realm;
import dev.postern.servlet.doctor.FindingKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** What the doctor says of an application: in the log, on its page, on the page of each number. */
final class Findings {
  static final String DOCTOR = "/shop/oauth/errors/doctor";
  static final String ALICE = basic(Realm.USER, Realm.PASSWORD);

  private static final Properties TEXTS = texts();

  private final Running running;
  private final Endpoint endpoint;
  private final String login;

  /**
   * Those of this application.
   *
   * @param login the header line of an administrator
   */
  Findings(Running running, Endpoint endpoint, String login) {
    this.running = running;
    this.endpoint = endpoint;
    this.login = login;
  }

  Findings(Running running, Endpoint endpoint) {
    this(running, endpoint, ALICE);
  }

  /** An application whose doctor's page alice may see. */
  static TestApp app() {
    return app(TestClients.all());
  }

  static TestApp app(TestClients clients) {
    return TestApp.with(clients).parameter("adminRole", Realm.ROLE);
  }

  Answer page() {
    return endpoint.http().send("GET", DOCTOR, login);
  }

  /** The one line of the log. */
  String logged(FindingKind kind) {
    return running.log().lineWith(kind.label() + " " + kind.name() + ": ");
  }

  /**
   * That this was found, and is told everywhere.
   *
   * @param detail what it is about
   */
  void assertFound(FindingKind kind, String detail) {
    assertThat(logged(kind))
        .startsWith(kind.label())
        .contains(detail)
        .endsWith(" (filter token of /shop/)");
    Answer page = page();
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains(kind.label(), escaped(TEXTS.getProperty(kind.number() + ".title")))
        .contains(escaped(detail));
    for (String language : List.of("en", "ro")) {
      String target = "/shop/oauth/errors/" + kind.number();
      Answer about = endpoint.http().send("GET", target, "Accept-Language: " + language);
      assertThat(about.status()).isEqualTo(200);
      assertThat(about.header("Content-Language")).hasValue(language);
      assertThat(about.text()).contains(kind.label(), kind.name());
    }
    Provoked.found(kind.number());
  }

  private static String escaped(String text) {
    return text.replace("'", "&#39;").replace("\"", "&quot;");
  }

  private static Properties texts() {
    String file = "/dev/postern/servlet/pages/findings.properties";
    try (InputStream octets = FindingKind.class.getResourceAsStream(file)) {
      Properties texts = new Properties();
      texts.load(new InputStreamReader(Objects.requireNonNull(octets), StandardCharsets.UTF_8));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
