package dev.postern.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A decoded form as it came: names and values in their order, repeats and empty values kept. Holds
 * credentials, so it prints names only. Immutable.
 */
public final class Form {
  private final List<String> namesAndValues;

  private Form(List<String> namesAndValues) {
    this.namesAndValues = namesAndValues;
  }

  /** A form of these names and values in turn. */
  public static Form of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    return new Form(List.of(namesAndValues));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** How many pairs there are. */
  public int size() {
    return namesAndValues.size() / 2;
  }

  /** The name of the pair at {@code index}, from 0. */
  public String name(int index) {
    return namesAndValues.get(2 * index);
  }

  /** The value of the pair at {@code index}, from 0. */
  public String value(int index) {
    return namesAndValues.get(2 * index + 1);
  }

  /** The first value of {@code name} that is not empty. */
  public Optional<String> first(String name) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      if (namesAndValues.get(i).equals(name) && !namesAndValues.get(i + 1).isEmpty()) {
        return Optional.of(namesAndValues.get(i + 1));
      }
    }
    return Optional.empty();
  }

  /** All values of {@code name}, empty ones too, in their order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      if (namesAndValues.get(i).equals(name)) {
        values.add(namesAndValues.get(i + 1));
      }
    }
    return values;
  }

  /** The names only: the values may be credentials. */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      names.add(name(i));
    }
    return "Form" + names;
  }

  /** Collects the pairs of a form. Not thread-safe. */
  public static final class Builder {
    private final List<String> namesAndValues = new ArrayList<>();

    private Builder() {}

    public Builder add(String name, String value) {
      namesAndValues.add(name);
      namesAndValues.add(value);
      return this;
    }

    /** How many pairs there are so far. */
    public int size() {
      return namesAndValues.size() / 2;
    }

    /** The form; the builder is of no use afterwards. */
    public Form build() {
      return new Form(namesAndValues);
    }
  }
}
