package dev.postern.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proves that an answer to the question for consent comes from the page that asked it, in the
 * browser that it was shown in: made for one user and one request, under a key that only that
 * browser has (RFC 9700 s4.7, RFC 6819 s5.3.5). Any node can check what another has made.
 * Thread-safe.
 */
public final class ConsentProof {
  /** How long an answer is good for after it was asked for. */
  public static final Duration LIFETIME = Duration.ofMinutes(30);

  private static final Pattern PROOF = Pattern.compile("([0-9]{1,11})\\.([A-Za-z0-9_-]{43})");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final InstantSource clock;

  public ConsentProof(InstantSource clock) {
    this.clock = clock;
  }

  /** What a proof turns out to be. */
  public enum Verdict {
    GOOD,
    /** Ours, but the page was open for too long: ask again. */
    EXPIRED,
    /** Not made for this user, this request and this browser. */
    FOREIGN
  }

  /** Whether this can be a key: the text of a secret of {@link RandomTokens}. */
  public static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /** A proof to put into the page. */
  public String make(Secret key, String user, Map<String, String> parameters) {
    String end = Long.toString(clock.instant().plus(LIFETIME).getEpochSecond());
    return end + "." + mac(key, end, user, parameters);
  }

  /** What the proof that came back is worth. The second at which it ends is too late. */
  public Verdict check(String proof, Secret key, String user, Map<String, String> parameters) {
    Matcher parts = PROOF.matcher(proof);
    if (!parts.matches()) {
      return Verdict.FOREIGN;
    }
    String mac = mac(key, parts.group(1), user, parameters);
    if (!MessageDigest.isEqual(mac.getBytes(UTF_8), parts.group(2).getBytes(UTF_8))) {
      return Verdict.FOREIGN;
    }
    return clock.instant().getEpochSecond() < Long.parseLong(parts.group(1))
        ? Verdict.GOOD
        : Verdict.EXPIRED;
  }

  private static String mac(Secret key, String end, String user, Map<String, String> parameters) {
    StringBuilder text = new StringBuilder();
    append(text, end);
    append(text, user);
    parameters.forEach(
        (name, value) -> {
          append(text, name);
          append(text, value);
        });
    byte[] mac = HmacSha256.of(key.utf8(), text.toString().getBytes(UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  /** With its length before it, so that no two lists come to the same text. */
  private static void append(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }
}
