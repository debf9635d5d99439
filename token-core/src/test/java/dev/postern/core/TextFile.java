package dev.postern.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A file of texts as it stands.
 *
 * @param keys in order, repeated ones too
 * @param texts by key
 */
record TextFile(List<String> keys, Properties texts) {

  static TextFile read(URL file) throws IOException {
    List<String> keys = new ArrayList<>();
    Properties texts =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            keys.add((String) key);
            return super.put(key, value);
          }
        };
    try (Reader reader = new InputStreamReader(file.openStream(), UTF_8)) {
      texts.load(reader);
    }
    return new TextFile(keys, texts);
  }
}
