package dev.postern.core;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A secret that somebody may have meant who sent another, and what went wrong if so. Found in what
 * was presented alone: whether the client exists makes no difference to how many there are.
 *
 * @param reason the refusal, if this is the client's secret
 * @param detail what went wrong, for the operator
 * @param secret what may have been meant
 */
record SecretNearMiss(StandardReason reason, String detail, Secret secret) {
  /** More are not looked into: each costs a hash. */
  static final int MOST = 2;

  /**
   * What may have been meant by the reading {@code presented}, which has failed as all {@code
   * readings} of the same credentials have; most often nothing.
   */
  static List<SecretNearMiss> of(IdAndSecret presented, List<IdAndSecret> readings) {
    List<SecretNearMiss> found = new ArrayList<>(MOST);
    for (IdAndSecret other : readings) {
      add(
          found,
          StandardReason.SECRET_NOT_ENCODED,
          "one of id and secret was form-encoded, the other was not",
          other.secret().reveal(),
          presented,
          readings);
    }
    String text = presented.secret().reveal();
    String bare = WhiteSpace.trimmed(text);
    add(
        found,
        StandardReason.SECRET_WITH_WHITE_SPACE,
        "white space " + WhiteSpace.place(text),
        bare,
        presented,
        readings);
    add(
        found,
        StandardReason.SECRET_ENCODED_TWICE,
        "right when it is form-decoded once more",
        decoded(text),
        presented,
        readings);
    add(
        found,
        StandardReason.SECRET_NOT_ENCODED,
        "a plus sign that was not encoded stands for a blank",
        text.replace(' ', '+'),
        presented,
        readings);
    return found;
  }

  /** What to tell of it, if {@code secret} is the client's. */
  Refusal refusal(boolean isLive) {
    return Refusal.of(reason).withDetail(isLive ? detail : detail + "; and it has expired");
  }

  private static void add(
      List<SecretNearMiss> found,
      StandardReason reason,
      String detail,
      String meant,
      IdAndSecret presented,
      List<IdAndSecret> readings) {
    IdAndSecret credentials = new IdAndSecret(presented.id(), Secret.of(meant));
    boolean isNew =
        !readings.contains(credentials)
            && found.stream().noneMatch(other -> other.secret().equals(credentials.secret()));
    if (isNew && !meant.isEmpty() && found.size() < MOST) {
      found.add(new SecretNearMiss(reason, detail, credentials.secret()));
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
}
