package dev.postern.it.requirements;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A row of the table.
 *
 * @param line where it stands
 * @param id its section and a running number, as in {@code RFC6749-3.2-3}
 * @param level the key word of RFC 2119 in the sentence; {@code STATEMENT} where it binds without
 *     one, {@code ABNF} for a grammar
 * @param sentence as the RFC has it; {@code [...]} stands for what is left out
 * @param status {@code tested}, {@code not applicable}, or {@code open} where a later version
 *     brings it
 * @param proof the tests, with spaces between; or the reason
 */
record Requirement(
    int line, String id, String level, String sentence, String status, String proof) {
  private static final List<String> HEADER = List.of("id", "level", "sentence", "status", "proof");
  private static final Pattern ID = Pattern.compile("(RFC\\d+-[0-9A-Z]+(\\.\\d+)*)-\\d+");
  private static final Set<String> KEY_WORDS =
      Set.of(
          "MUST",
          "MUST NOT",
          "REQUIRED",
          "SHALL",
          "SHALL NOT",
          "SHOULD",
          "SHOULD NOT",
          "RECOMMENDED",
          "NOT RECOMMENDED",
          "MAY",
          "OPTIONAL");
  private static final Set<String> OTHER_LEVELS = Set.of("STATEMENT", "ABNF");
  private static final Set<String> STATUSES = Set.of("tested", "not applicable", "open");

  /** The rows of a table. */
  static List<Requirement> read(String csv) {
    List<Csv.Entry> entries = Csv.read(csv);
    if (entries.isEmpty() || !entries.get(0).fields().equals(HEADER)) {
      throw new IllegalArgumentException("the first line has to be " + String.join(",", HEADER));
    }
    List<Requirement> rows = new ArrayList<>();
    for (Csv.Entry entry : entries.subList(1, entries.size())) {
      List<String> fields = entry.fields();
      if (fields.size() != HEADER.size()) {
        throw new IllegalArgumentException(
            "line " + entry.line() + ": " + fields.size() + " columns, not " + HEADER.size());
      }
      rows.add(
          new Requirement(
              entry.line(),
              fields.get(0),
              fields.get(1),
              fields.get(2),
              fields.get(3),
              fields.get(4)));
    }
    return rows;
  }

  boolean isTested() {
    return status.equals("tested");
  }

  /** The id without its running number. */
  String section() {
    return id.substring(0, id.lastIndexOf('-'));
  }

  /**
   * Whether a test with this tag is about this row: it names the row, its section or one around.
   */
  boolean isCoveredBy(String tag) {
    return tag.equals(id) || section().equals(tag) || section().startsWith(tag + ".");
  }

  /** The tests that it names. */
  List<String> tests() {
    return isTested() ? List.of(proof.strip().split("\\s+")) : List.of();
  }

  /** All that is wrong with it by itself. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!ID.matcher(id).matches()) {
      problems.add(this + ": an id is a section and a running number, as in RFC6749-3.2-3");
    }
    if (!KEY_WORDS.contains(level) && !OTHER_LEVELS.contains(level)) {
      problems.add(this + ": no such level as " + level);
    } else if (KEY_WORDS.contains(level) && !sentence.matches(".*\\b" + level + "\\b.*")) {
      problems.add(this + ": the sentence has no " + level);
    }
    if (sentence.isBlank()) {
      problems.add(this + ": no sentence");
    }
    if (!STATUSES.contains(status)) {
      problems.add(this + ": the status is one of " + STATUSES + ", not " + status);
    }
    if (proof.isBlank()) {
      problems.add(this + ": " + (isTested() ? "no test is named" : "no reason is given"));
    }
    return problems;
  }

  @Override
  public String toString() {
    return "line " + line + " (" + id + ")";
  }
}
