package dev.postern.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;

/** A log that a test can read. */
public final class RecordedLog implements System.Logger {
  /** One line. */
  public record Line(Level level, String text, Throwable thrown) {}

  private final List<Line> lines = new ArrayList<>();

  public List<Line> lines() {
    return lines;
  }

  public List<String> texts() {
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
