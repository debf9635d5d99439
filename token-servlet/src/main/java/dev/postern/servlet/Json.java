package dev.postern.servlet;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.Map;

/** Writes answers through whichever JSON-B there is. Thread-safe. */
final class Json {
  private final Jsonb jsonb =
      JsonbBuilder.create(new JsonbConfig().withSerializers(new AnswerSerializer()));

  /** What is needed for a first answer is looked for here, not when a client waits for it. */
  Json() {
    write(Map.of("access_token", "", "expires_in", 0L));
  }

  /** The JSON object with these members, in their order, in UTF-8. */
  byte[] write(Map<String, Object> members) {
    return jsonb.toJson(new Answer(members)).getBytes(StandardCharsets.UTF_8);
  }

  /** Which JSON-B it is, of which version, and where it comes from, as far as can be told. */
  String provider() {
    Class<?> found = jsonb.getClass();
    String version = found.getPackage().getImplementationVersion();
    CodeSource source = found.getProtectionDomain().getCodeSource();
    return found.getName()
        + (version == null ? "" : " " + version)
        + (source == null || source.getLocation() == null ? "" : " from " + source.getLocation());
  }

  void close() {
    try {
      jsonb.close();
    } catch (Exception e) {
      throw new IllegalStateException("JSON-B could not be closed", e);
    }
  }

  /** No record: JSON-B would have to be able to read its members. */
  private static final class Answer {
    private final Map<String, Object> members;

    Answer(Map<String, Object> members) {
      this.members = members;
    }
  }

  /** Of a bare map, Yasson would find out for each answer anew how its values are written. */
  private static final class AnswerSerializer implements JsonbSerializer<Answer> {
    @Override
    public void serialize(Answer answer, JsonGenerator json, SerializationContext context) {
      json.writeStartObject();
      answer.members.forEach((name, value) -> write(name, value, json, context));
      json.writeEnd();
    }

    private static void write(
        String name, Object value, JsonGenerator json, SerializationContext context) {
      if (value instanceof String text) {
        json.write(name, text);
      } else if (value instanceof Long number) {
        json.write(name, number);
      } else {
        context.serialize(name, value, json);
      }
    }
  }
}
