package dev.postern.it.contract;

import static dev.postern.core.StandardReason.GRANT_TYPE_UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Answer;
import dev.postern.it.Rfc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Every refusal can be found again, and repeats nothing of the request")
abstract class TraceContract extends Contract {
  private static final String MARK = "zqxHOSTILE";

  TraceContract(Running running) {
    super(running);
  }

  @Nested
  @DisplayName("The correlation id is the caller's, if it is fit to be logged")
  final class Correlation {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            client-request-id: abc-1             | abc-1
            Client-Request-Id: A.b_c-9           | A.b_c-9
            X-Correlation-ID: corr-2             | corr-2
            x-correlation-id: 00000000           | 00000000
            traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01    | 4bf92f3577b34da6a3ce929d0e0e4736
            traceparent: cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-xx | 4bf92f3577b34da6a3ce929d0e0e4736
            """)
    void it_comes_back(String header, String id) {
      Answer answer = batch("grant_type=x", header);

      assertRefused(answer, 400, GRANT_TYPE_UNSUPPORTED);
      assertThat(answer.json().getString("correlation_id")).isEqualTo(id);
    }

    @Test
    void the_first_of_them_counts() {
      Answer answer =
          batch(
              "grant_type=x",
              "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
              "X-Correlation-ID: second",
              "client-request-id: first");

      assertThat(answer.json().getString("correlation_id")).isEqualTo("first");
    }

    @Test
    void an_unfit_one_makes_room_for_the_next() {
      Answer answer =
          batch("grant_type=x", "client-request-id: not fit", "X-Correlation-ID: second");

      assertThat(answer.json().getString("correlation_id")).isEqualTo("second");
    }

    @Test
    void so_many_characters_are_fit_and_no_more() {
      String longest = "x".repeat(128);

      assertThat(correlation("client-request-id: " + longest)).isEqualTo(longest);
      assertThat(correlation("client-request-id: " + longest + "x")).doesNotContain("xx");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "client-request-id:",
          "client-request-id: zqxHOSTILE zqx",
          "client-request-id: zqxHOSTILE\"",
          "client-request-id: zqxHOSTILE\\",
          "client-request-id: <b>zqxHOSTILE",
          "client-request-id: ${zqxHOSTILE}",
          "client-request-id: zqxHOSTILE\u00E9",
          "client-request-id: zqxHOSTILE%0d%0a",
          "traceparent: zqxHOSTILE",
          "traceparent: 00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
          "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
          "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736"
        })
    void an_unfit_one_is_replaced(String header) {
      Answer answer = batch("grant_type=x", header);

      assertRefused(answer, 400, GRANT_TYPE_UNSUPPORTED);
      assertThat(answer.json().getString("correlation_id"))
          .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      assertThat(shop().logLine(answer)).doesNotContain(MARK);
    }

    @Test
    void every_answer_has_a_trace_id_of_its_own() {
      String one = batch("grant_type=x", "client-request-id: a").json().getString("trace_id");
      String other = batch("grant_type=x", "client-request-id: a").json().getString("trace_id");

      assertThat(one).isNotEqualTo(other);
    }

    private String correlation(String header) {
      return batch("grant_type=x", header).json().getString("correlation_id");
    }
  }

  @Nested
  @Rfc("RFC6749-5.2")
  @DisplayName("error_description never repeats what the caller sent")
  final class Hostile {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "zqxHOSTILE\"",
          "zqxHOSTILE\\",
          "zqxHOSTILE%22%7D%2C%7B%22",
          "%3Cscript%3EzqxHOSTILE%3C%2Fscript%3E",
          "%24%7Bjndi:ldap:%2F%2FzqxHOSTILE%7D",
          "%1B%5B31mzqxHOSTILE",
          "zqxHOSTILE%0D%0ASet-Cookie:+a=b",
          "zqxHOSTILE%0Arefused+number%3DTOK0000",
          "%E2%80%AEzqxHOSTILE",
          "zqxHOSTILE%F0%9F%98%80%C3%A9",
          "%25%7B%23zqxHOSTILE%7D",
          "'+OR+1%3D1--zqxHOSTILE"
        })
    void in_any_field(String value) {
      List<String> forms = new ArrayList<>();
      for (String field :
          List.of(
              "grant_type",
              "client_id",
              "scope",
              "code",
              "redirect_uri",
              "code_verifier",
              "refresh_token",
              "username",
              "client_secret",
              "client_assertion")) {
        String rest = field.equals("grant_type") ? "" : "grant_type=client_credentials&";
        // The id is logged, so it is not to look like one of the credentials.
        String own = field.equals("client_id") ? value.replace("zqx", "zqy") : value;
        forms.add(rest + field + "=" + own);
      }
      forms.add("grant_type=x&" + value + "=" + value);
      forms.add("grant_type=authorization_code&code=" + value);
      forms.add("grant_type=refresh_token&refresh_token=" + value);
      for (String form : forms) {
        assertNothingRepeated(shop().token(form, AS_SHOP));
        assertNothingRepeated(shop().token(form));
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "User-Agent: ${jndi:ldap://zqxHOSTILE}",
          "Accept-Language: zqxHOSTILE",
          "Origin: https://zqxHOSTILE.example",
          "X-Request-ID: zqxHOSTILE",
          "Referer: https://zqxHOSTILE/",
          "Cookie: zqxHOSTILE=1",
          "Authorization: zqxHOSTILE",
          "Authorization: zqxHOSTILE zqxHOSTILE",
          "Authorization: Basic zqxHOSTILE",
          "Content-Encoding: zqxHOSTILE"
        })
    void in_any_header(String header) {
      assertNothingRepeated(shop().token("grant_type=x&client_id=nobody", header));
    }

    @Test
    void but_for_its_host_where_only_the_request_tells_where_the_pages_are() {
      Answer answer = shop().token("grant_type=x", "Host: zqxhost.example:81");

      assertThat(answer.json().getString("error_uri"))
          .isEqualTo("http://zqxhost.example:81/shop/oauth/errors/2003");
      assertThat(answer.toString().replaceFirst("zqxhost", "")).doesNotContain("zqx");
    }

    @Test
    void in_the_path_and_the_query() {
      assertNothingRepeated(shop().post("/shop/oauth/errors/" + MARK, ""));
      assertNothingRepeated(shop().post(shop().path() + ";" + MARK, ""));
      assertNothingRepeated(shop().post(shop().path() + "?scope=" + MARK, ""));
      assertNothingRepeated(shop().send(MARK, shop().path()));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "zqx\"HOSTILE",
          "zqx\\HOSTILE",
          "zqx${a}HOSTILE",
          "zqx<b>HOSTILE",
          "zqx\u202EHOSTILE"
        })
    void in_the_id_of_basic_credentials(String id) {
      Answer answer = shop().token("grant_type=x", Endpoint.basic(id, "x"));

      assertNothingRepeated(answer);
      assertThat(shop().logLine(answer)).doesNotContain("${", "<b>").contains("zqx\\u");
    }

    @Test
    void a_long_one_is_cut_in_the_log() {
      Answer answer = shop().token("grant_type=x&client_id=" + MARK + "y".repeat(3_000));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(shop().logLine(answer)).contains("client=\"" + MARK + "y").contains("y...\"");
      assertThat(shop().logLine(answer)).hasSizeLessThan(1_000);
    }

    private void assertNothingRepeated(Answer answer) {
      assertThat(answer.status()).isBetween(400, 405);
      assertThat(answer.toString()).doesNotContain("HOSTILE");
      if (!answer.headers("Content-Type").contains("application/json")) {
        return;
      }
      assertThat(answer.json().getString("error_description"))
          .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
      String line = shop().logLine(answer);
      assertThat(line).matches("[\\x20-\\x7E]{1,1000}").doesNotContain("${", "<", ">");
    }
  }

  private Answer batch(String form, String header, String... more) {
    List<String> headers = new ArrayList<>(List.of(AS_BATCH, header));
    headers.addAll(List.of(more));
    return shop().token(form, headers.toArray(String[]::new));
  }
}
