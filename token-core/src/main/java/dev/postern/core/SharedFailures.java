package dev.postern.core;

/**
 * Failed authentications as all nodes have counted them, which a {@link FailureLimiter} asks beside
 * its own counts. May lag behind and may lose some: it is told on the way of a refusal, so it never
 * waits for anything. Thread-safe.
 */
public interface SharedFailures {
  /** None: this node counts alone. */
  SharedFailures NONE =
      new SharedFailures() {
        @Override
        public void add(long key) {}

        @Override
        public int count(long key) {
          return 0;
        }
      };

  /** Counts a failure of this node. */
  void add(long key);

  /** How many there were in this minute, on all nodes, as far as this one knows. */
  int count(long key);
}
