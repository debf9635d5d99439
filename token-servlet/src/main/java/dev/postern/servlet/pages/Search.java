package dev.postern.servlet.pages;

import dev.postern.core.ReasonTexts;
import dev.postern.core.StandardReason;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds numbers by number, error code or words. Numbers win: who pastes a whole answer or a line of
 * the log gets the pages that it names. Immutable.
 */
final class Search {
  private static final int LONGEST = 2_000;
  private static final int MOST_WORDS = 12;
  private static final Pattern NUMBER = Pattern.compile("(?<!\\d)\\d{4}(?!\\d)");
  private static final Pattern LABEL = Pattern.compile("TOK(\\d{4})(?!\\d)");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}_.-]+");

  /** A number with all that is said of it, folded. */
  private record Entry(StandardReason reason, String title, String all) {
    boolean has(List<String> words) {
      return words.stream().allMatch(all::contains);
    }

    boolean isAbout(List<String> words) {
      return words.stream().allMatch(title::contains);
    }
  }

  private final List<Entry> entries;

  Search(Texts texts) {
    this.entries =
        Arrays.stream(StandardReason.values())
            .map(reason -> entry(reason, texts.reasons()))
            .toList();
  }

  private static Entry entry(StandardReason reason, ReasonTexts texts) {
    String title =
        String.join(
            "\n",
            reason.name(),
            reason.code().wire(),
            reason.face().text(),
            reason.text(),
            texts.title(reason));
    String more =
        String.join(
            "\n",
            reason.section(),
            texts.cause(reason),
            String.join("\n", texts.likely(reason)),
            texts.developer(reason),
            texts.administrator(reason));
    return new Entry(reason, folded(title), folded(title + "\n" + more));
  }

  /** What fits, the best first. */
  List<StandardReason> find(String asked) {
    String text = asked.substring(0, Math.min(asked.length(), LONGEST));
    List<StandardReason> byNumber = byNumber(text);
    if (!byNumber.isEmpty()) {
      return byNumber;
    }
    List<String> words = words(text);
    List<StandardReason> byWords = byWords(words);
    return byWords.isEmpty() ? byWords(words.stream().map(Search::stem).toList()) : byWords;
  }

  /** The word without what mostly is its ending: "expired" and "expires" are meant alike. */
  private static String stem(String word) {
    return word.substring(0, Math.min(word.length(), Math.max(4, word.length() - 2)));
  }

  private List<StandardReason> byNumber(String text) {
    Set<StandardReason> found = new LinkedHashSet<>();
    LABEL.matcher(text).results().map(MatchResult::group).forEach(label -> add(label, found));
    // An answer has other numbers too, such as the year of its timestamp.
    if (found.isEmpty()) {
      NUMBER.matcher(text).results().forEach(number -> add("TOK" + number.group(), found));
    }
    return List.copyOf(found);
  }

  private void add(String label, Set<StandardReason> found) {
    entries.stream()
        .map(Entry::reason)
        .filter(reason -> reason.label().equals(label))
        .forEach(found::add);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : NO_WORD.split(folded(text), -1)) {
      if (!word.isEmpty() && words.size() < MOST_WORDS) {
        words.add(word);
      }
    }
    return words;
  }

  private List<StandardReason> byWords(List<String> words) {
    if (words.isEmpty()) {
      return List.of();
    }
    return entries.stream()
        .filter(entry -> entry.has(words))
        .sorted(Comparator.comparing(entry -> !entry.isAbout(words)))
        .map(Entry::reason)
        .toList();
  }

  /** In lower case and without accents, as people type who are in a hurry. */
  private static String folded(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text.replace("`", ""), Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }
}
