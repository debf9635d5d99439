package dev.postern.servlet.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.servlet.Rfc;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rfc("RFC6749-2.3.1")
@DisplayName("C3: parameters in the query")
class QueryStringTest {
  private static final Set<String> KNOWN = Set.of("client_secret", "code", "grant_type");

  @ParameterizedTest
  @CsvSource({
    "client_secret=x, client_secret",
    "client_secret=, client_secret",
    "client_secret, client_secret",
    "client%5Fsecret=x, client_secret",
    "%63%6c%69%65%6e%74_secret=x, client_secret",
    "client_secret=%zz, client_secret",
    "client_secret=%FF, client_secret",
    "client_secret=%00, client_secret",
    "client_secret%3Dx=, ",
    "a=b&code=x, code",
    "&&code=x, code",
    "code=x&grant_type=y, code",
    "grant_type=y&code=x, grant_type",
    "%zz=x&code=x, code",
    "code%00=x, ",
    "Code=x, ",
    "code+=x, ",
    "xcode=x, ",
    "code[]=x, ",
    "a=code, ",
    "a=b&c=d, "
  })
  void the_first_name_that_belongs_into_the_body(String query, String name) {
    assertThat(QueryString.parse(query).firstName(KNOWN::contains).orElse(null)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "&&&", "%", "%zz=%zz"})
  void nothing_in_it(String query) {
    assertThat(QueryString.parse(query).firstName(name -> true)).isEmpty();
  }

  @Test
  void none() {
    assertThat(QueryString.parse(null).names()).isEmpty();
  }

  @Test
  void other_parameters_are_left_alone() {
    QueryString query = QueryString.parse("tenant=a&x=1%2B1&tenant=%C3%BC&y");

    assertThat(query.names()).containsExactly("tenant", "x", "y");
    assertThat(query.all("tenant")).containsExactly("a", "ü");
    assertThat(query.all("x")).containsExactly("1+1");
    assertThat(query.all("y")).containsExactly("");
    assertThat(query.all("z")).isEqualTo(List.of());
  }

  @Property
  void any_query_is_read(@ForAll String query) {
    assertThat(QueryString.parse(query)).isNotNull();
  }

  @Property
  void a_known_name_is_found_wherever_it_stands(@ForAll String before, @ForAll String after) {
    String query = before + "&client_s%65cret=x&" + after;

    assertThat(QueryString.parse(query).names()).contains("client_secret");
  }
}
