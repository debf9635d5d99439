package dev.postern.servlet.settings;

import dev.postern.servlet.request.Utf8;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * JSON as maps, lists, strings and booleans, of which everything else (numbers, null) is left as
 * its text: a file of settings has none. A repeated member is an error: which of the two counts,
 * nobody can know.
 */
public final class StrictJson {
  private StrictJson() {}

  /** Deeper than any settings are. */
  private static final int MAX_DEPTH = 16;

  /**
   * The value that {@code octets} hold, in UTF-8.
   *
   * @throws IllegalArgumentException when it is not JSON, or has a repeated member; says where
   */
  public static Object read(byte[] octets) {
    String text =
        Utf8.decode(octets, 0, octets.length)
            .map(decoded -> decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded)
            .orElseThrow(() -> new IllegalArgumentException("the file is not UTF-8"));
    if (text.isBlank()) {
      throw new IllegalArgumentException("the file is empty");
    }
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      Object value = value(parser, parser.next(), 0);
      if (parser.hasNext()) {
        parser.next();
        throw new IllegalArgumentException("there is more after the end of the JSON text");
      }
      return value;
    } catch (JsonException | NoSuchElementException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private static Object value(JsonParser parser, JsonParser.Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested too deeply at " + parser.getLocation());
    }
    return switch (event) {
      case START_OBJECT -> object(parser, depth);
      case START_ARRAY -> array(parser, depth);
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> new Other("null");
      case VALUE_NUMBER -> new Other(parser.getString());
      case KEY_NAME, END_OBJECT, END_ARRAY ->
          throw new IllegalArgumentException("not JSON at " + parser.getLocation());
    };
  }

  private static Map<String, Object> object(JsonParser parser, int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.next() != JsonParser.Event.END_OBJECT) {
      String name = parser.getString();
      long line = parser.getLocation().getLineNumber();
      if (members.put(name, value(parser, parser.next(), depth + 1)) != null) {
        throw new IllegalArgumentException("line " + line + ": member " + name + " is repeated");
      }
    }
    return members;
  }

  private static List<Object> array(JsonParser parser, int depth) {
    List<Object> elements = new ArrayList<>();
    JsonParser.Event event = parser.next();
    while (event != JsonParser.Event.END_ARRAY) {
      elements.add(value(parser, event, depth + 1));
      event = parser.next();
    }
    return elements;
  }

  /** A number or null, as it was written. */
  record Other(String text) {}
}
