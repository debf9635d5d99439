package dev.postern.servlet.pages;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes HTML that is well-formed XML too; all text and all values of attributes are escaped. */
final class Html {
  /** A name between backticks, or the label of another number. */
  private static final Pattern MARK = Pattern.compile("`([^`]+)`|TOK(\\d{4,5})");

  private final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; {@code attributes} are names and values in turn. */
  Html open(String element, String... attributes) {
    tag(element, attributes);
    html.append('>');
    open.push(element);
    return this;
  }

  /** Closes the element that was opened last, and the line. */
  Html close() {
    end();
    html.append('\n');
    return this;
  }

  /** Closes the element that was opened last, amid text. */
  Html end() {
    html.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element without content. */
  Html empty(String element, String... attributes) {
    tag(element, attributes);
    html.append("/>\n");
    return this;
  }

  /** An element with text. */
  Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /** Text whose lines may be broken before each {@code &} where there is little room. */
  Html breakable(String text) {
    String[] pieces = text.split("&", -1);
    text(pieces[0]);
    for (int i = 1; i < pieces.length; i++) {
      html.append("<wbr/>");
      text("&" + pieces[i]);
    }
    return this;
  }

  /**
   * Text with names between backticks, which become code, and labels, which become links.
   *
   * @param link where the page of a number is
   */
  Html marked(String text, UnaryOperator<String> link) {
    Matcher mark = MARK.matcher(text);
    int end = 0;
    while (mark.find()) {
      text(text.substring(end, mark.start()));
      if (mark.group(1) == null) {
        inline("a", mark.group(), "href", link.apply(mark.group(2)));
      } else {
        inline("code", mark.group(1), "translate", "no");
      }
      end = mark.end();
    }
    return text(text.substring(end));
  }

  /** An element with text, amid text: no line ends after it. */
  Html inline(String element, String text, String... attributes) {
    tag(element, attributes);
    html.append('>');
    escape(text);
    html.append("</").append(element).append('>');
    return this;
  }

  private void tag(String element, String... attributes) {
    html.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      html.append('"');
    }
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return html.toString();
  }
}
