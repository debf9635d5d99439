package dev.postern.servlet.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** The lines of a header, of which nearly every request has one or none. */
public final class HeaderLines {
  private HeaderLines() {}

  /** What the lines of this name hold, in their order. */
  public static List<String> of(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    if (!values.hasMoreElements()) {
      return List.of();
    }
    String first = values.nextElement();
    if (!values.hasMoreElements()) {
      return List.of(first);
    }
    List<String> lines = new ArrayList<>();
    lines.add(first);
    while (values.hasMoreElements()) {
      lines.add(values.nextElement());
    }
    return lines;
  }
}
