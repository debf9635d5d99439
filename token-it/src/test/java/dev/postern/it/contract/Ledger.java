package dev.postern.it.contract;

import dev.postern.it.Answer;
import jakarta.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what must not be seen again, and the refusals in which it must not be seen. */
final class Ledger {
  private static final Set<String> CREDENTIALS =
      Set.of(
          "client_secret",
          "client_assertion",
          "code",
          "code_verifier",
          "password",
          "refresh_token",
          "token");

  /** Shorter ones may stand somewhere by chance. */
  private static final int SHORTEST = 12;

  private final Set<String> canaries = ConcurrentHashMap.newKeySet();
  private final List<String> refusals = new ArrayList<>();

  /** The credentials in a form and in header lines. */
  void sent(String form, String... headers) {
    for (String pair : form.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && CREDENTIALS.contains(pair.substring(0, equals))) {
        add(pair.substring(equals + 1));
      }
    }
    for (String header : headers) {
      if (header.startsWith("Authorization: ")) {
        authorization(header.substring("Authorization: ".length()).strip());
      }
    }
  }

  private void authorization(String value) {
    String credentials = value.substring(value.indexOf(' ') + 1).strip();
    add(credentials);
    try {
      String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      add(decoded.substring(decoded.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      // Then it holds no secret.
    }
  }

  private void add(String encoded) {
    keep(encoded);
    try {
      keep(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // Then it stands for no other text.
    }
  }

  void keep(String text) {
    // Nor does it tell anything where the same few characters stand once more.
    if (text.length() >= SHORTEST && text.chars().distinct().count() >= 6) {
      canaries.add(text);
    }
  }

  /** The tokens of an answer, or the refusal as a whole. */
  synchronized void received(Answer answer) {
    if (answer.status() >= 400) {
      refusals.add(answer.toString());
    } else if (answer.status() == 200
        && answer.header("Content-Type").filter("application/json"::equals).isPresent()) {
      JsonObject tokens = answer.json();
      keep(tokens.getString("access_token", ""));
      keep(tokens.getString("refresh_token", ""));
    }
  }

  int size() {
    return canaries.size();
  }

  synchronized int refusals() {
    return refusals.size();
  }

  /** Those that can be seen in any refusal. */
  synchronized Set<String> seenInRefusals() {
    return seenIn(String.join("\n", refusals));
  }

  /** Those that can be seen in a text. */
  Set<String> seenIn(String text) {
    Map<String, List<String>> byBeginning = new HashMap<>();
    canaries.forEach(
        canary ->
            byBeginning
                .computeIfAbsent(canary.substring(0, SHORTEST), unused -> new ArrayList<>())
                .add(canary));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i + SHORTEST <= text.length(); i++) {
      for (String canary : byBeginning.getOrDefault(text.substring(i, i + SHORTEST), List.of())) {
        if (text.startsWith(canary, i)) {
          seen.add(canary);
        }
      }
    }
    return seen;
  }
}
