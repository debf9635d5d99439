package dev.postern.it.requirements;

import java.util.ArrayList;
import java.util.List;

/** Reads records with commas between their fields, quoted as RFC 4180 s2 has it. */
final class Csv {
  private final String text;
  private int at;
  private int line = 1;

  private Csv(String text) {
    this.text = text;
  }

  /** The records of {@code text}; an empty line is none. */
  static List<Entry> read(String text) {
    Csv csv = new Csv(text);
    List<Entry> entries = new ArrayList<>();
    while (csv.at < text.length()) {
      Entry entry = csv.entry();
      if (!entry.fields().equals(List.of(""))) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private Entry entry() {
    int start = line;
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (isAt(',')) {
      at++;
      fields.add(field());
    }
    if (isAt('\r')) {
      at++;
    }
    if (at < text.length() && !isAt('\n')) {
      throw new IllegalArgumentException("line " + line + ": text after the closing quote");
    }
    at++;
    line++;
    return new Entry(start, List.copyOf(fields));
  }

  private String field() {
    return isAt('"') ? quoted() : plain();
  }

  private String plain() {
    int start = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at++) == '"') {
        throw new IllegalArgumentException("line " + line + ": a quote in a field without quotes");
      }
    }
    return text.substring(start, at);
  }

  private String quoted() {
    StringBuilder field = new StringBuilder();
    int start = line;
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"' && !isAt('"')) {
        return field.toString();
      }
      at += c == '"' ? 1 : 0;
      line += c == '\n' ? 1 : 0;
      field.append(c);
    }
    throw new IllegalArgumentException("line " + start + ": a quote that is never closed");
  }

  private boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /**
   * A record.
   *
   * @param line where it begins, from 1
   */
  record Entry(int line, List<String> fields) {}
}
