package dev.postern.core;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A secret that somebody may have meant who sent another, and what went wrong if so. Found in what
 * was presented alone: whether a client exists makes no difference to how many there are.
 *
 * @param reason the refusal, if this is the client's secret
 * @param detail what went wrong, for the operator
 * @param meant what may have been meant
 */
record SecretNearMiss(StandardReason reason, String detail, IdAndSecret meant) {
  /** More are not looked into: each costs a hash. */
  private static final int MOST = 2;

  /**
   * What may have been meant by credentials of which all {@code readings} failed; mostly nothing.
   */
  static List<SecretNearMiss> of(List<IdAndSecret> readings) {
    Map<String, List<SecretNearMiss>> byId = new LinkedHashMap<>();
    for (IdAndSecret reading : readings) {
      byId.computeIfAbsent(reading.id(), id -> of(reading, readings));
    }
    // Where readings differ in the id, each id has its turn before one has its second.
    List<SecretNearMiss> all = new ArrayList<>(MOST);
    for (int rank = 0; rank < MOST; rank++) {
      for (List<SecretNearMiss> ofId : byId.values()) {
        if (rank < ofId.size() && all.size() < MOST) {
          all.add(ofId.get(rank));
        }
      }
    }
    return all;
  }

  private static List<SecretNearMiss> of(IdAndSecret presented, List<IdAndSecret> readings) {
    List<SecretNearMiss> found = new ArrayList<>(0);
    for (IdAndSecret other : readings) {
      add(
          found,
          StandardReason.SECRET_NOT_ENCODED,
          "one of id and secret was form-encoded, the other was not",
          new IdAndSecret(presented.id(), other.secret()),
          readings);
    }
    String text = presented.secret().reveal();
    add(
        found,
        StandardReason.SECRET_WITH_WHITE_SPACE,
        "white space " + WhiteSpace.place(text),
        with(presented, WhiteSpace.trimmed(text)),
        readings);
    add(
        found,
        StandardReason.SECRET_ENCODED_TWICE,
        "right when it is form-decoded once more",
        with(presented, decoded(text)),
        readings);
    add(
        found,
        StandardReason.SECRET_NOT_ENCODED,
        "a plus sign that was not encoded stands for a blank",
        with(presented, text.replace(' ', '+')),
        readings);
    return found;
  }

  private static IdAndSecret with(IdAndSecret presented, String secret) {
    return new IdAndSecret(presented.id(), Secret.of(secret));
  }

  private static void add(
      List<SecretNearMiss> found,
      StandardReason reason,
      String detail,
      IdAndSecret meant,
      List<IdAndSecret> readings) {
    boolean isNew =
        !readings.contains(meant) && found.stream().noneMatch(other -> other.meant().equals(meant));
    if (isNew && !meant.secret().reveal().isEmpty()) {
      found.add(new SecretNearMiss(reason, detail, meant));
    }
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** What to tell of it, if it is the client's. */
  Refusal refusal(boolean isLive) {
    return Refusal.of(reason).withDetail(isLive ? detail : detail + "; and it has expired");
  }
}
