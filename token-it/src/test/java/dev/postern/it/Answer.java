package dev.postern.it;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An HTTP answer. */
public final class Answer {
  private final int status;
  private final List<Header> headers;
  private final byte[] body;

  Answer(int status, List<Header> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /**
   * One header line.
   *
   * @param name as it was spelt
   * @param value without white space around it
   */
  public record Header(String name, String value) {}

  /** The status code. */
  public int status() {
    return status;
  }

  /** All header lines, in order. */
  public List<Header> headers() {
    return headers;
  }

  /** The values of this header, in order; the case of its name does not matter. */
  public List<String> headers(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** The value of a header that may be there once at most. */
  public Optional<String> header(String name) {
    List<String> values = headers(name);
    if (values.size() > 1) {
      throw new AssertionError(name + " is repeated: " + values);
    }
    return values.stream().findFirst();
  }

  /** The bytes of the body. */
  public byte[] bytes() {
    return body.clone();
  }

  /** The body as UTF-8, which it has to be. */
  public String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("the body is not UTF-8", e);
    }
  }

  /** The body as one JSON object in which no member repeats, with nothing after it. */
  public JsonObject json() {
    Map<String, ?> strict = Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE);
    try (JsonReader reader =
            Json.createReaderFactory(strict).createReader(new StringReader(text()));
        JsonParser wholeText = Json.createParser(new StringReader(text()))) {
      while (wholeText.hasNext()) {
        wholeText.next();
      }
      return reader.readObject();
    } catch (RuntimeException e) {
      throw new AssertionError("not one JSON object: " + this, e);
    }
  }

  /** Status, headers and body, for the message of a failed assertion. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(status);
    headers.forEach(
        header -> text.append("\n").append(header.name()).append(": ").append(header.value()));
    return text.append("\n\n").append(new String(body, StandardCharsets.UTF_8)).toString();
  }

  Answer withBody(byte[] bytes) {
    return new Answer(status, headers, bytes);
  }
}
