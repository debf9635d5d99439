package dev.postern.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;

/** A log that a test can read. */
final class RecordedLog implements System.Logger {
  /** One line. */
  record Line(Level level, String text, Throwable thrown) {}

  private final List<Line> lines = new ArrayList<>();

  List<Line> lines() {
    return lines;
  }

  List<String> texts() {
    return lines.stream().map(Line::text).toList();
  }

  @Override
  public String getName() {
    return "recorded";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
    lines.add(new Line(level, text, thrown));
  }

  @Override
  public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
    lines.add(new Line(level, format, null));
  }
}
