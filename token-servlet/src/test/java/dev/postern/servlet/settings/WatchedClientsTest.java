package dev.postern.servlet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Client;
import dev.postern.core.Secret;
import dev.postern.core.SecretVerifier;
import dev.postern.core.secret.SecretFormats;
import dev.postern.core.secret.Sha256Secrets;
import dev.postern.servlet.RecordedLog;
import dev.postern.servlet.SettableClock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("DESIGN s3: a file of clients outside of the WAR is read anew when it changes")
class WatchedClientsTest {
  private static final String HASH = Sha256Secrets.hash(Secret.of("secret"));

  private final SettableClock clock = new SettableClock();
  private final RecordedLog log = new RecordedLog();
  private final AtomicInteger reads = new AtomicInteger();

  @TempDir private Path folder;
  private Path path;
  private WatchedClients clients;

  @BeforeEach
  void start() throws IOException {
    path = folder.resolve("clients.json");
    write(json("one"));
    byte[] octets = Files.readAllBytes(path);
    clients =
        new WatchedClients(path, octets, read(octets, clock.instant()), this::read, clock, log);
    reads.set(0);
  }

  private static String json(String... ids) {
    StringBuilder text = new StringBuilder();
    for (String id : ids) {
      text.append(text.isEmpty() ? "" : ",")
          .append("{'client_id':'" + id + "','grant_types':['client_credentials'],")
          .append("'secrets':[{'hash':'" + HASH + "'}]}");
    }
    return "{'clients':[" + text + "]}";
  }

  private ClientsFile read(byte[] octets, Instant now) {
    reads.incrementAndGet();
    return read(octets, new SecretFormats(List.of()), now);
  }

  private static ClientsFile read(byte[] octets, SecretFormats formats, Instant now) {
    return ClientsFile.read(
        octets, formats, Set.of("client_secret_basic"), Set.of("client_credentials"), now);
  }

  /** Written long ago by its own clock, so that only its stamp can tell. */
  private void write(String text) throws IOException {
    Files.writeString(path, text.replace('\'', '"'));
    Files.setLastModifiedTime(path, FileTime.from(clock.instant().minus(Duration.ofHours(1))));
  }

  private void aSecondLater() {
    clock.advance(Duration.ofSeconds(1));
  }

  private boolean has(String id) {
    return clients.find(id).map(Client::id).filter(id::equals).isPresent();
  }

  @Test
  void the_clients_that_were_read_at_the_start() {
    assertThat(has("one")).isTrue();
    assertThat(has("two")).isFalse();
    assertThat(clients.decoysFor("two")).hasSize(1);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void changed() throws IOException {
    write(json("one", "two"));
    assertThat(has("two")).isFalse();

    aSecondLater();

    assertThat(has("two")).isTrue();
    assertThat(log.lines())
        .containsExactly(
            new RecordedLog.Line(Level.INFO, "the clients file was read anew: 2 clients", null));
  }

  @Test
  void looked_at_once_a_second_and_read_only_when_it_has_changed() throws IOException {
    for (int i = 0; i < 5; i++) {
      aSecondLater();
      assertThat(has("one")).isTrue();
    }
    write(json("two"));
    clock.advance(Duration.ofMillis(999));
    assertThat(has("two")).isFalse();
    assertThat(reads).hasValue(0);

    clock.advance(Duration.ofMillis(1));
    assertThat(has("two")).isTrue();
    assertThat(has("one")).isFalse();
    assertThat(reads).hasValue(1);
  }

  @Test
  void changed_within_one_tick_of_the_clock_of_the_file_system() throws IOException {
    FileTime now = FileTime.from(clock.instant());
    aSecondLater();
    write(json("two"));
    Files.setLastModifiedTime(path, now);
    assertThat(has("two")).isTrue();

    // As long, at the same time.
    write(json("six"));
    Files.setLastModifiedTime(path, now);
    aSecondLater();

    assertThat(has("six")).isTrue();
  }

  @Test
  @DisplayName("a bad file is refused as a whole, the old one kept, an alarm raised once")
  void bad() throws IOException {
    write(json("one", "two").replace("'secrets'", "'secret'"));
    aSecondLater();
    assertThat(has("one")).isTrue();
    assertThat(has("two")).isFalse();
    aSecondLater();
    assertThat(has("two")).isFalse();

    assertThat(log.lines()).hasSize(1);
    assertThat(log.lines().get(0).level()).isEqualTo(Level.ERROR);
    assertThat(log.texts().get(0))
        .contains("is refused", "clients[0] (one): unknown member secret")
        .contains("clients[1] (two): unknown member secret")
        .doesNotContain(HASH);
  }

  @Test
  void half_written_then_whole() throws IOException {
    write(json("one", "two").substring(0, 60));
    aSecondLater();
    assertThat(has("one")).isTrue();

    write(json("one", "two"));
    aSecondLater();
    assertThat(has("two")).isTrue();
    assertThat(log.lines())
        .extracting(RecordedLog.Line::level)
        .containsExactly(Level.ERROR, Level.INFO);
  }

  @Test
  void bad_then_as_it_was() throws IOException {
    write("oops");
    aSecondLater();
    assertThat(has("one")).isTrue();

    write(json("one"));
    aSecondLater();
    assertThat(has("one")).isTrue();
    assertThat(log.lines())
        .extracting(RecordedLog.Line::level)
        .containsExactly(Level.ERROR, Level.INFO);
  }

  @Test
  void vanished_and_came_back() throws IOException {
    Files.delete(path);
    for (int i = 0; i < 3; i++) {
      aSecondLater();
      assertThat(has("one")).isTrue();
    }
    assertThat(log.lines()).hasSize(1);
    assertThat(log.lines().get(0).level()).isEqualTo(Level.ERROR);
    assertThat(log.texts().get(0)).contains("cannot be read any more");

    write(json("two"));
    aSecondLater();
    assertThat(has("two")).isTrue();
    assertThat(has("one")).isFalse();
  }

  @Test
  void a_format_of_an_application_that_throws_harms_no_request() throws IOException {
    assertHarmless(
        text -> {
          throw new IllegalStateException("cannot read " + text);
        },
        "java.lang.IllegalStateException");
  }

  @Test
  void a_class_of_an_application_that_is_not_there_harms_no_request() throws IOException {
    assertHarmless(
        text -> {
          throw new NoClassDefFoundError("canary");
        },
        "java.lang.NoClassDefFoundError");
  }

  private void assertHarmless(SecretVerifier broken, String thrown) throws IOException {
    SecretFormats formats = new SecretFormats(List.of(broken));
    byte[] octets = Files.readAllBytes(path);
    clients =
        new WatchedClients(
            path,
            octets,
            read(octets, clock.instant()),
            (changed, now) -> read(changed, formats, now),
            clock,
            log);
    write(json("two").replace(HASH, "$own$canary"));
    aSecondLater();

    assertThat(has("one")).isTrue();
    assertThat(log.lines()).extracting(RecordedLog.Line::level).containsExactly(Level.ERROR);
    assertThat(log.texts().get(0))
        .contains("clients[0] (two) secrets[0]: hash: ", " failed with " + thrown)
        .doesNotContain("canary");
    assertThat(log.lines().get(0).thrown()).isNull();
  }

  @Test
  void changed_between_reading_and_watching() throws IOException {
    byte[] octets = Files.readAllBytes(path);
    write(json("two"));
    clients =
        new WatchedClients(path, octets, read(octets, clock.instant()), this::read, clock, log);
    aSecondLater();

    assertThat(has("two")).isTrue();
  }

  @Test
  @DisplayName("C7: an unknown id gets the same decoys as long as the file is the same")
  void decoys() throws IOException {
    byte[] octets = json("one", "two").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ClientsFile file = read(octets, clock.instant());

    assertThat(WatchedClients.registry(octets, file).decoysFor("nobody"))
        .isEqualTo(WatchedClients.registry(octets, file).decoysFor("nobody"));
  }
}
