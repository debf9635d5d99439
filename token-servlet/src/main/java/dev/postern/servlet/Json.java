package dev.postern.servlet;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.charset.StandardCharsets;

/** Writes answers through whichever JSON-B there is. Thread-safe. */
final class Json {
  private final Jsonb jsonb = JsonbBuilder.create();

  /** The JSON object of an answer, in UTF-8. */
  byte[] write(Object body) {
    return jsonb.toJson(body).getBytes(StandardCharsets.UTF_8);
  }

  void close() {
    try {
      jsonb.close();
    } catch (Exception e) {
      throw new IllegalStateException("JSON-B could not be closed", e);
    }
  }
}
