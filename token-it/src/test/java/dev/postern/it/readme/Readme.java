package dev.postern.it.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * README.md: its fenced blocks, each with the marker in the line before it ({@code <!-- snippet:
 * NAME -->}), and its tables.
 */
final class Readme {
  private static final Pattern MARKER = Pattern.compile("<!-- snippet: ([a-z0-9-]+) -->");
  private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");

  private final List<String> lines;
  private final List<Block> blocks;

  private Readme(List<String> lines, List<Block> blocks) {
    this.lines = lines;
    this.blocks = blocks;
  }

  /**
   * A fenced block.
   *
   * @param name what its marker says; empty without one
   * @param line where it begins
   * @param text what is between the fences
   */
  record Block(String name, int line, String text) {}

  static Readme read() throws IOException {
    return of(Files.readAllLines(Path.of("..", "README.md")));
  }

  static Readme of(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int start = i;
        StringBuilder text = new StringBuilder();
        while (++i < lines.size() && !lines.get(i).strip().equals(fence.group(1))) {
          text.append(lines.get(i)).append('\n');
        }
        Matcher marker = MARKER.matcher(start == 0 ? "" : lines.get(start - 1));
        String name = marker.matches() ? marker.group(1) : "";
        blocks.add(new Block(name, start + 1, text.toString()));
      }
    }
    return new Readme(List.copyOf(lines), blocks);
  }

  List<Block> blocks() {
    return blocks;
  }

  /** The text of the block with this marker. */
  String snippet(String name) {
    List<Block> found = blocks.stream().filter(block -> block.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError("README.md has " + found.size() + " snippets " + name);
    }
    return found.get(0).text();
  }

  /** The rows of the table whose first column has this title: their cells, without back quotes. */
  List<List<String>> table(String title) {
    List<List<String>> rows = new ArrayList<>();
    int line = 0;
    while (line < lines.size() && !lines.get(line).startsWith("| " + title + " |")) {
      line++;
    }
    for (int i = line + 2; i < lines.size() && lines.get(i).startsWith("|"); i++) {
      String row = lines.get(i).replace("`", "");
      List<String> cells = new ArrayList<>();
      for (String cell : row.substring(1, row.lastIndexOf('|')).split("\\|", -1)) {
        cells.add(cell.strip());
      }
      rows.add(cells);
    }
    if (rows.isEmpty()) {
      throw new AssertionError("README.md has no table " + title);
    }
    return rows;
  }
}
