package dev.postern.servlet.dryrun;

import dev.postern.servlet.settings.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the request of an entry of a HAR file (HTTP Archive 1.2), or of the file's first entry. */
final class HarEntry {
  private HarEntry() {}

  /**
   * The request.
   *
   * @throws IllegalArgumentException when there is none
   */
  static PastedRequest read(String json) {
    Map<?, ?> root = object(StrictJson.read(json.getBytes(StandardCharsets.UTF_8)));
    if (root.get("log") instanceof Map<?, ?> log
        && log.get("entries") instanceof List<?> entries
        && !entries.isEmpty()) {
      root = object(entries.get(0));
    }
    Map<?, ?> request = root.containsKey("request") ? object(root.get("request")) : root;
    List<PastedRequest.Header> headers = new ArrayList<>();
    for (Object header : list(request.get("headers"))) {
      headers.add(
          new PastedRequest.Header(
              text(object(header).get("name")), text(object(header).get("value"))));
    }
    String body =
        request.get("postData") instanceof Map<?, ?> posted ? text(posted.get("text")) : "";
    return new PastedRequest(text(request.get("method")), text(request.get("url")), headers, body);
  }

  private static Map<?, ?> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw new IllegalArgumentException("no entry of a HAR file");
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no entry of a HAR file");
  }
}
