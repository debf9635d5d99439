package dev.postern.core;

import java.util.List;
import java.util.Optional;

/**
 * The form parameters of a request that passed {@link RequestParser}: none of those we know is
 * repeated without leave, too long or malformed; one without a value is as if it were not there
 * (RFC 6749 s3.2). Holds credentials, so it prints names only. Immutable.
 */
public final class Parameters {
  private final Form form;

  Parameters(Form form) {
    this.form = form;
  }

  /** The value of {@code name}; empty when it is absent or has no value. */
  public Optional<String> find(String name) {
    return form.first(name);
  }

  public boolean has(String name) {
    return form.first(name).isPresent();
  }

  /** The value of a parameter that was declared as required. */
  public String require(String name) {
    return form.first(name)
        .orElseThrow(() -> new IllegalStateException("not declared as required: " + name));
  }

  /** All values of a parameter that was declared as repeatable, without the empty ones. */
  public List<String> all(String name) {
    return form.all(name).stream().filter(value -> !value.isEmpty()).toList();
  }

  @Override
  public String toString() {
    return "Parameters of " + form;
  }
}
