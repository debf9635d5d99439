package dev.postern.servlet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.Outcome;
import dev.postern.core.Refusal;
import dev.postern.core.RequestParser;
import dev.postern.core.TokenRequest;
import dev.postern.core.grant.ClientCredentialsGrant;
import dev.postern.servlet.FakeRequest;
import dev.postern.servlet.doctor.Sightings;
import dev.postern.servlet.dryrun.PastedRequest.Header;
import dev.postern.servlet.request.BodyReader;
import dev.postern.servlet.request.ConsumedBody;
import dev.postern.servlet.request.FormRequest;
import dev.postern.servlet.request.IpAddresses;
import dev.postern.servlet.request.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A pasted request is read as one that comes over HTTP")
class PastedReaderTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final RequestParser parser =
      new RequestParser(List.of(ClientCredentialsGrant.TYPE), List.of());
  private final BodyReader bodies = new BodyReader(1_024, () -> 0);
  private final PastedReader pasted = new PastedReader("/oauth/token", false, bodies);
  private final FormRequest received =
      new FormRequest(
          new Transport(IpAddresses.parse(""), false, new Sightings(finding -> {})),
          bodies,
          new ConsumedBody(new Sightings(finding -> {})));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          POST | - | Accept:x                            | grant_type=x&a=%41
          POST | x=y | Accept:x                          | grant_type=x
          POST | scope=a&grant_type=x | Accept:x         | x=y
          POST | - | content-type:text/plain             | grant_type=x
          POST | - | Content-Encoding:gzip               | grant_type=x
          POST | - | Content-Encoding:identity           | grant_type=x
          POST | - | Accept:x                            | a=%zz
          POST | - | Accept:x                            | a=%00
          POST | - | Accept:x                            | a=%FF
          POST | - | Accept:x                            | ''
          POST | - | Accept:x                            | LONG
          POST | - | Authorization:Basic YTpi            | grant_type=x
          POST | - | authorization:Bearer x              | grant_type=x
          POST | - | Authorization:x,Authorization:y     | grant_type=x
          PUT  | grant_type=x | content-type:text/plain  | a=%zz
          post | - | Accept:x                            | grant_type=x
          """)
  void with_the_same_outcome(String method, String query, String headerLines, String text) {
    String body = text.replace("LONG", "x".repeat(1_025));
    List<Header> headers = new ArrayList<>(List.of(new Header("Content-Type", FORM)));
    FakeRequest fake = FakeRequest.post().method(method).body(body);
    for (String line : headerLines.split(",", -1)) {
      Header header = PastedRequest.header(line);
      headers.add(header);
      fake.header(header.name(), header.value());
    }
    if (query != null) {
      fake.query(query);
    }
    String target = "https://shop.example/oauth/token" + (query == null ? "" : "?" + query);

    String outcome = inWords(pasted.read(parser, new PastedRequest(method, target, headers, body)));

    assertThat(outcome).isEqualTo(inWords(received.read(parser, fake.build())));
  }

  private static String inWords(Outcome<TokenRequest> outcome) {
    return outcome.fold(
        request ->
            request.authorization() + " " + request.form().size() + " " + request.form().first("a"),
        Refusal::toString);
  }

  @Test
  void plain_http_is_for_this_machine_alone() {
    for (String target :
        Arrays.asList("/oauth/token", "http://127.0.0.1/token", "http://[::1]:8080/x/token")) {
      assertThat(read(target)).doesNotContain("INSECURE_TRANSPORT");
    }
    assertThat(read("http://shop.example/token")).contains("INSECURE_TRANSPORT");
    assertThat(read("http://127.0.0.1.example/token")).contains("INSECURE_TRANSPORT");
    assertThat(read("https://shop.example/tokens")).contains("NO_SUCH_ENDPOINT");
  }

  private String read(String target) {
    return inWords(
        pasted.read(
            parser,
            new PastedRequest("POST", target, List.of(new Header("Content-Type", FORM)), "a=b")));
  }
}
