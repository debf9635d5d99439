package dev.postern.it;

/** What the container's own realm does. */
public enum Realm {
  /** Knows {@value #USER} with {@value #PASSWORD}, in role {@value #ROLE}. */
  UP,
  /** Throws at each attempt to authenticate, as when its directory cannot be reached. */
  DOWN;

  /** The user that the realm knows. */
  public static final String USER = "alice";

  /** The password of {@link #USER}. */
  public static final String PASSWORD = "wonderland";

  /** The role of {@link #USER}. */
  public static final String ROLE = "user";

  /** What a realm that is {@link #DOWN} throws. */
  static IllegalStateException unreachable() {
    return new IllegalStateException("the realm's directory cannot be reached");
  }
}
