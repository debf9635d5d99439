package dev.postern.it.cluster;

import dev.postern.it.database.Dump;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What only clients may know, and every form in which it could be written down. */
final class Canaries {
  private static final int FAMILY_CHARACTERS = 22;

  /** What it is, by how it may look. */
  private final Map<String, String> forms = new LinkedHashMap<>();

  private int count;

  /** Anything that clients keep to themselves; where it is base64url, what it stands for too. */
  void add(String what, String canary) {
    count++;
    addOctets(what, canary.getBytes(StandardCharsets.US_ASCII));
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(canary);
      if (decoded.length >= 16) {
        addOctets(what + ", decoded", decoded);
      }
    } catch (IllegalArgumentException e) {
      // Then it stands for itself alone.
    }
  }

  /** A refresh token, whole and in its two parts. */
  void addRefreshToken(String token) {
    add("refresh token", token);
    add("family of a refresh token", token.substring(0, FAMILY_CHARACTERS));
    add("own part of a refresh token", token.substring(FAMILY_CHARACTERS));
  }

  int count() {
    return count;
  }

  /** What of it stands where. */
  List<String> seenIn(Dump dump) {
    List<String> seen = new ArrayList<>();
    for (Dump.Value value : dump.values()) {
      String text = latin(value.octets());
      forms.forEach(
          (form, what) -> {
            if (text.contains(form)) {
              seen.add(value.place() + " has a " + what);
            }
          });
    }
    return seen;
  }

  private void addOctets(String what, byte[] octets) {
    String hex = HexFormat.of().formatHex(octets);
    forms.put(latin(octets), what);
    forms.put(hex, what + " in hex");
    forms.put(hex.toUpperCase(Locale.ROOT), what + " in hex");
    // Without the last characters, which depend on what comes after it.
    String url = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    forms.put(url.substring(0, url.length() - 2), what + " in base64url");
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(octets);
    forms.put(base64.substring(0, base64.length() - 2), what + " in base64");
  }

  private static String latin(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
