package dev.postern.servlet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.ClientAuthenticator;
import dev.postern.core.DryRun;
import dev.postern.core.FailureLimiter;
import dev.postern.core.RequestParser;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.core.memory.MemoryClients;
import dev.postern.servlet.FakeRequest;
import dev.postern.servlet.RecordedLog;
import dev.postern.servlet.doctor.Sightings;
import dev.postern.servlet.pages.PageRequest;
import dev.postern.servlet.request.BodyReader;
import dev.postern.servlet.request.ConsumedBody;
import dev.postern.servlet.request.FormRequest;
import dev.postern.servlet.request.IpAddresses;
import dev.postern.servlet.request.Transport;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The form of the dry run, whoever has read it before")
class RehearsalsTest {
  private static final Pattern TOKEN = Pattern.compile("name=\"form\" value=\"([0-9a-f]+)\"");
  private static final PageRequest PAGE = new PageRequest("/dry-run", "", "", "");

  private final RecordedLog log = new RecordedLog();
  private final Rehearsals rehearsals = rehearsals();

  private Rehearsals rehearsals() {
    FailureLimiter failures = new FailureLimiter(30, InstantSource.system(), 0);
    List<ClientCredentialsGrant> grants = List.of(new ClientCredentialsGrant());
    RequestParser parser = new RequestParser(grants, List.of());
    BodyReader bodies = new BodyReader(1_024, System::nanoTime);
    Sightings sightings = new Sightings(finding -> log.log(Level.WARNING, finding.line()));
    return new Rehearsals(
        new DryRun(
            new ClientAuthenticator(
                List.of(), new MemoryClients(List.of(), 0), failures, InstantSource.system()),
            parser,
            grants),
        new PastedReader("/oauth/token", false, bodies),
        parser,
        new FormRequest(
            new Transport(IpAddresses.parse(""), false, sightings),
            bodies,
            new ConsumedBody(sightings)),
        failures,
        new byte[32],
        log);
  }

  private String answer(FakeRequest request) {
    return rehearsals.answer(PAGE, request.build(), "192.0.2.7").text();
  }

  private String token() {
    Matcher token = TOKEN.matcher(answer(FakeRequest.post().method("GET")));
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  @Test
  void a_reader_that_was_taken_is_no_failure() {
    String pasted = "GET /oauth/token HTTP/1.1";

    assertThat(
            answer(
                FakeRequest.post()
                    .body("x")
                    .readerTaken()
                    .parameter("form", token())
                    .parameter("request", pasted)))
        .contains("TOK1001");
    assertThat(answer(FakeRequest.post().body("x").readerTaken()))
        .contains("could not be read here", "TOK1020");
  }

  @Test
  void a_form_that_cannot_be_read_is_said_to_be_that_and_why() {
    assertThat(answer(FakeRequest.post().body("request=%zz")))
        .contains("could not be read here", "TOK1017");
    assertThat(answer(FakeRequest.post().header("Content-Type", "text/plain")))
        .contains("could not be read here", "TOK1010", "sent as text/plain");
  }

  @Test
  void what_is_too_long_is_not_said_to_be_stale() {
    assertThat(answer(FakeRequest.post().body("form=" + token() + "&request=" + "x".repeat(1_024))))
        .contains("TOK1013", "more than 1024 octets")
        .doesNotContain("not made for you");
  }
}
