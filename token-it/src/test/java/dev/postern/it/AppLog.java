package dev.postern.it;

import java.util.List;

/** What running applications have logged, as their operator reads it. */
public interface AppLog extends AutoCloseable {
  /** The messages so far, formatted. */
  List<String> lines();

  /**
   * The one message that contains this text, say a trace id. The server may write it after the
   * answer has come, so this waits a while for it.
   */
  String lineWith(String text);

  /** All messages and stack traces so far, as they would be printed: to look for secrets in. */
  String everything();

  /** The part of it that comes out of this container, where it can be told apart. */
  default AppLog in(Container container) {
    return this;
  }

  @Override
  void close();
}
