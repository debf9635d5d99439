package dev.postern.servlet.settings;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members of a JSON object, as {@link StrictJson} has read it; notes those that are unknown or
 * of another type than they should be. Used by one thread.
 */
final class JsonMembers {
  private final Map<?, ?> members;
  private final String where;
  private final List<String> problems;

  JsonMembers(String where, Object value, Set<String> known, List<String> problems) {
    this.where = where;
    this.problems = problems;
    if (value instanceof Map<?, ?> map) {
      this.members = map;
    } else {
      this.members = Map.of();
      problem("not a JSON object");
    }
    for (Object name : members.keySet()) {
      if (!known.contains(String.valueOf(name))) {
        problem("unknown member " + name + "; there are " + new TreeSet<>(known));
      }
    }
  }

  void problem(String text) {
    problems.add(where + ": " + text);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String string(String name) {
    return optionalString(name).orElse("");
  }

  Optional<String> optionalString(String name) {
    Object value = members.get(name);
    if (value != null && !(value instanceof String)) {
      problem(name + " has to be a string");
    }
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  boolean flag(String name) {
    Object value = members.get(name);
    if (value != null && !(value instanceof Boolean)) {
      problem(name + " has to be true or false");
    }
    return value instanceof Boolean flag && flag;
  }

  List<?> list(String name) {
    Object value = members.get(name);
    if (value != null && !(value instanceof List<?>)) {
      problem(name + " has to be an array");
    }
    return value instanceof List<?> list ? list : List.of();
  }

  List<String> strings(String name) {
    List<String> strings = new ArrayList<>();
    for (Object element : list(name)) {
      if (element instanceof String text) {
        strings.add(text);
      } else {
        problem(name + " has to be an array of strings");
      }
    }
    return strings;
  }

  Optional<Instant> instant(String name) {
    try {
      return optionalString(name).map(Instant::parse);
    } catch (DateTimeParseException e) {
      // What stands there may be a hash that belongs elsewhere, so it is not repeated.
      problem(name + " is not a time such as 2027-01-01T00:00:00Z");
      return Optional.empty();
    }
  }

  /** In which object, in words for whoever wrote it. */
  String where() {
    return where;
  }
}
