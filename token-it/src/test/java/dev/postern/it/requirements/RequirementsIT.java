package dev.postern.it.requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code docs/requirements.csv} lists every MUST and SHOULD that the token endpoint touches, as
 * tested by what, or not applicable and why. A gap either way is an error: a row whose tests are
 * not there, a section that no test is tagged with, a tag that has no row.
 */
final class RequirementsIT {
  /** The folder of this module, where Maven runs its tests. */
  private static final Path HERE = Path.of(System.getProperty("basedir", ""));

  private static final Path TABLE = HERE.resolve("../docs/requirements.csv");
  private static final String HEADER = "id,level,sentence,status,proof\n";
  private static final String GOOD =
      "RFC1-2-1,MUST,It MUST be.,tested,RequirementsIT#the_table_and_the_tests_agree\n";

  private static TestTree tests;

  @BeforeAll
  static void readTheTestsOfAllModules() {
    tests =
        TestTree.of(
            Stream.of("../token-core", "../token-servlet", "")
                .map(module -> HERE.resolve(module).resolve("target/test-classes"))
                .toList());
  }

  @Test
  void the_table_and_the_tests_agree() throws IOException {
    assertThat(problems(Requirement.read(Files.readString(TABLE)), tests.tags()))
        .as("gaps between " + TABLE.normalize() + " and the tests")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RFC1-2-2,MUST,A MUST.,tested,NoSuchTest                       | no test class NoSuchTest
          RFC1-2-2,MUST,A MUST.,tested,RequirementsIT#gone              | RequirementsIT has no test gone
          RFC1-2-2,MUST,A MUST.,tested,RequirementsIT#problems          | RequirementsIT has no test problems
          RFC1-2-2,MUST,A MUST.,tested,TestTree                         | TestTree is never run
          RFC1-2-2,MUST,A MUST.,tested,Test                             | there is no test class Test
          RFC1-2-2,MUST,A MUST.,tested,package-info                     | may be any of
          RFC1-2-2,MUST,A MUST.,tested,RequirementsIT HarnessIT#gone    | HarnessIT has no test gone
          RFC1-2-2,MUST,A MUST.,tested,                                 | no test is named
          RFC1-2-2,MUST,A MUST.,not applicable,                         | no reason is given
          RFC1-2-2,MUST,A MUST.,maybe,it depends                        | the status is one of
          RFC1-2-2,WILL,It WILL be.,not applicable,a promise            | no such level as WILL
          RFC1-2-2,MUST NOT,A MUST.,not applicable,ours to do           | the sentence has no MUST NOT
          RFC1-2-1,MUST,A MUST.,not applicable,ours to do               | the id is used twice
          RFC1-2,MUST,A MUST.,not applicable,ours to do                 | an id is a section and a running number
          RFC1-3-1,MUST,A MUST.,tested,RequirementsIT                   | no test is tagged @Rfc("RFC1-3")
          """)
  void a_gap_in_the_table_is_told(String row, String problem) {
    assertThat(problems(Requirement.read(HEADER + GOOD + row), List.of(tag("RFC1-2"))))
        .singleElement()
        .asString()
        .startsWith("line 3 (RFC1-")
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource({"RFC1-2", "RFC1-2-1", "RFC1-2.3", "RFC1-2.3-1"})
  void a_tag_names_a_section_or_a_row(String section) {
    List<Requirement> rows =
        Requirement.read(HEADER + GOOD + "RFC1-2.3-1,MAY,It MAY be.,not applicable,it need not be");

    assertThat(problems(rows, List.of(tag("RFC1-2"), tag(section)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"RFC1-3", "RFC1-2-2", "RFC1-2.3", "RFC2-2", "RFC1-22", "RFC1"})
  void a_tag_that_names_nothing_is_told(String section) {
    assertThat(problems(Requirement.read(HEADER + GOOD), List.of(tag("RFC1-2"), tag(section))))
        .containsExactly(
            "@Rfc(\"" + section + "\") of SomeTest: no row of the table has this section or id");
  }

  @Test
  void a_tag_where_there_is_no_test_is_told() {
    TestTree.Tag idle = new TestTree.Tag("RFC1-2", "SomeTest#helper", false);

    assertThat(problems(Requirement.read(HEADER + GOOD), List.of(tag("RFC1-2"), idle)))
        .containsExactly("@Rfc(\"RFC1-2\") of SomeTest#helper: no test that runs is there");
  }

  @Test
  void fields_are_quoted_as_in_rfc_4180() {
    assertThat(Csv.read("a,\"b,\"\"c\"\"\nd\",\r\n\n\"\",e"))
        .containsExactly(
            new Csv.Entry(1, List.of("a", "b,\"c\"\nd", "")), new Csv.Entry(4, List.of("", "e")));
    for (String broken : List.of("a,\"b", "a,b\"c", "\"a\"b")) {
      assertThatThrownBy(() -> Csv.read(broken)).hasMessageStartingWith("line 1: ");
    }
  }

  @Test
  void a_row_has_five_columns_and_the_table_a_header() {
    assertThatThrownBy(() -> Requirement.read(HEADER + "RFC1-2-1,MUST\n"))
        .hasMessage("line 2: 2 columns, not 5");
    assertThatThrownBy(() -> Requirement.read(GOOD)).hasMessageContaining("the first line has to");
  }

  private static TestTree.Tag tag(String section) {
    return new TestTree.Tag(section, "SomeTest", true);
  }

  private static List<String> problems(List<Requirement> rows, List<TestTree.Tag> tags) {
    List<String> problems = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Requirement row : rows) {
      problems.addAll(row.problems());
      if (!ids.add(row.id())) {
        problems.add(row + ": the id is used twice");
      }
      if (row.isTested() && !row.proof().isBlank()) {
        for (String test : row.tests()) {
          tests.problems(test).forEach(problem -> problems.add(row + ": " + problem));
        }
      }
    }
    problems.addAll(untagged(rows, tags));
    for (TestTree.Tag tag : tags) {
      String where = "@Rfc(\"" + tag.section() + "\") of " + tag.place() + ": ";
      if (rows.stream().noneMatch(row -> row.isCoveredBy(tag.section()))) {
        problems.add(where + "no row of the table has this section or id");
      }
      if (!tag.isOfTest()) {
        problems.add(where + "no test that runs is there");
      }
    }
    return problems;
  }

  /** Sections that are said to be tested, but by no test that says so itself. */
  private static List<String> untagged(List<Requirement> rows, List<TestTree.Tag> tags) {
    List<String> problems = new ArrayList<>();
    Set<String> told = new TreeSet<>();
    for (Requirement row : rows) {
      boolean isTagged =
          tags.stream()
              .anyMatch(
                  tag ->
                      tag.isOfTest()
                          && rows.stream()
                              .filter(other -> other.section().equals(row.section()))
                              .anyMatch(other -> other.isCoveredBy(tag.section())));
      if (row.isTested() && !isTagged && told.add(row.section())) {
        problems.add(row + ": no test is tagged @Rfc(\"" + row.section() + "\")");
      }
    }
    return problems;
  }
}
