package dev.postern.servlet.pages;

import dev.postern.core.ReasonTexts;
import dev.postern.core.StandardReason;
import dev.postern.servlet.doctor.FindingKind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds numbers, of refusals and of the doctor's findings, by number, error code or words. Numbers
 * win: who pastes a whole answer or a line of the log gets the pages that it names. Immutable.
 */
final class Search {
  private static final int LONGEST = 2_000;
  private static final int MOST_WORDS = 12;
  private static final Pattern NUMBER = Pattern.compile("(?<!\\d)\\d{4,5}(?!\\d)");
  private static final Pattern LABEL =
      Pattern.compile("TOK(\\d{4,5})(?!\\d)", Pattern.CASE_INSENSITIVE);
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}_.-]+");

  /** A number with all that is said of it, folded. */
  private record Entry(Numbered numbered, String title, String all) {
    /** Of texts in the case and with the accents that they happen to have. */
    static Entry of(Numbered numbered, List<String> title, List<String> more) {
      String first = folded(String.join("\n", title));
      return new Entry(numbered, first, first + "\n" + folded(String.join("\n", more)));
    }

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
        Stream.concat(
                Stream.of(StandardReason.values()).map(reason -> entry(reason, texts)),
                Stream.of(FindingKind.values()).map(kind -> entry(kind, texts)))
            .toList();
  }

  private static Entry entry(StandardReason reason, Texts all) {
    ReasonTexts texts = all.reasons();
    return Entry.of(
        Numbered.of(reason, all),
        List.of(
            reason.name(),
            reason.code().wire(),
            reason.face().text(),
            reason.text(),
            texts.title(reason)),
        List.of(
            reason.section(),
            texts.cause(reason),
            String.join("\n", texts.likely(reason)),
            texts.developer(reason),
            texts.administrator(reason)));
  }

  private static Entry entry(FindingKind kind, Texts texts) {
    return Entry.of(
        Numbered.of(kind, texts),
        List.of(kind.name(), texts.finding(kind.number() + ".title")),
        List.of(texts.finding(kind.number() + ".means"), texts.finding(kind.number() + ".todo")));
  }

  /** What fits, the best first. */
  List<Numbered> find(String asked) {
    String text = asked.substring(0, Math.min(asked.length(), LONGEST));
    List<Numbered> byNumber = byNumber(text);
    if (!byNumber.isEmpty()) {
      return byNumber;
    }
    List<String> words = words(text);
    List<Numbered> byWords = byWords(words);
    return byWords.isEmpty() ? byWords(words.stream().map(Search::stem).toList()) : byWords;
  }

  /** The word without what mostly is its ending: "expired" and "expires" are meant alike. */
  private static String stem(String word) {
    if (word.chars().anyMatch(Character::isDigit)) {
      return word;
    }
    return word.substring(0, Math.min(word.length(), Math.max(4, word.length() - 2)));
  }

  private List<Numbered> byNumber(String text) {
    Set<Numbered> found = new LinkedHashSet<>();
    LABEL.matcher(text).results().forEach(label -> add(label.group(1), found));
    // An answer has other numbers too, such as the year of its timestamp.
    if (found.isEmpty()) {
      NUMBER.matcher(text).results().forEach(number -> add(number.group(), found));
    }
    return List.copyOf(found);
  }

  private void add(String digits, Set<Numbered> found) {
    entries.stream()
        .map(Entry::numbered)
        .filter(numbered -> Integer.toString(numbered.number()).equals(digits))
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

  private List<Numbered> byWords(List<String> words) {
    if (words.isEmpty()) {
      return List.of();
    }
    return entries.stream()
        .filter(entry -> entry.has(words))
        .sorted(Comparator.comparing(entry -> !entry.isAbout(words)))
        .map(Entry::numbered)
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
