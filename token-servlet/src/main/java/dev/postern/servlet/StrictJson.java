package dev.postern.servlet;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps, lists, strings and booleans, of which everything else (numbers, null) is left as
 * its text: a file of settings has none. A repeated member is an error: which of the two counts,
 * nobody can know.
 */
final class StrictJson {
  private StrictJson() {}

  /**
   * The value that {@code input} holds.
   *
   * @throws IllegalArgumentException when it is not JSON, or has a repeated member; says where
   */
  static Object read(InputStream input) {
    try (JsonParser parser = Json.createParser(input)) {
      if (!parser.hasNext()) {
        throw new IllegalArgumentException("the file is empty");
      }
      Object value = value(parser, parser.next());
      if (parser.hasNext()) {
        parser.next();
        throw new IllegalArgumentException("there is more after the end of the JSON text");
      }
      return value;
    } catch (JsonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private static Object value(JsonParser parser, JsonParser.Event event) {
    return switch (event) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> new Other("null");
      case VALUE_NUMBER -> new Other(parser.getString());
      case KEY_NAME, END_OBJECT, END_ARRAY ->
          throw new IllegalArgumentException("not JSON at " + parser.getLocation());
    };
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.next() != JsonParser.Event.END_OBJECT) {
      String name = parser.getString();
      long line = parser.getLocation().getLineNumber();
      if (members.put(name, value(parser, parser.next())) != null) {
        throw new IllegalArgumentException("line " + line + ": member " + name + " is repeated");
      }
    }
    return members;
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> elements = new ArrayList<>();
    JsonParser.Event event = parser.next();
    while (event != JsonParser.Event.END_ARRAY) {
      elements.add(value(parser, event));
      event = parser.next();
    }
    return elements;
  }

  /** A number or null, as it was written. */
  record Other(String text) {}
}
