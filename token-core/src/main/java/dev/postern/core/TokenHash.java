package dev.postern.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The SHA-256 of a code or token: all that a store ever sees of one. What is hashed is 256 bits of
 * chance, so one round without salt is enough. Immutable.
 */
public final class TokenHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** How many words it has for {@link #writeTo}. */
  public static final int WORDS = 4;

  // Four longs, not an array: a store holds a million of these.
  private final long a;
  private final long b;
  private final long c;
  private final long d;

  private TokenHash(byte[] digest) {
    this.a = (long) LONGS.get(digest, 0);
    this.b = (long) LONGS.get(digest, 8);
    this.c = (long) LONGS.get(digest, 16);
    this.d = (long) LONGS.get(digest, 24);
  }

  /** The hash of this code or token. */
  public static TokenHash of(Secret token) {
    return new TokenHash(Sha256.of(token.utf8()));
  }

  /** The hash that a store has written down with {@link #octets()}: 32 octets. */
  public static TokenHash ofOctets(byte[] octets) {
    if (octets.length != 32) {
      throw new IllegalArgumentException("a SHA-256 has 32 octets, not " + octets.length);
    }
    return new TokenHash(octets);
  }

  /** The 32 octets, for a store to write down. */
  public byte[] octets() {
    return ByteBuffer.allocate(32).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /** Writes its {@link #WORDS} down at {@code offset}, for a store that keeps them in an array. */
  public void writeTo(long[] words, int offset) {
    words[offset] = a;
    words[offset + 1] = b;
    words[offset + 2] = c;
    words[offset + 3] = d;
  }

  /** Whether it is the hash that was written there. */
  public boolean isAt(long[] words, int offset) {
    return ((a ^ words[offset])
            | (b ^ words[offset + 1])
            | (c ^ words[offset + 2])
            | (d ^ words[offset + 3]))
        == 0;
  }

  /** The {@link #hashCode} of the hash that was written there. */
  public static int hashCodeAt(long[] words, int offset) {
    return Long.hashCode(words[offset]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenHash that
        && ((a ^ that.a) | (b ^ that.b) | (c ^ that.c) | (d ^ that.d)) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a);
  }

  @Override
  public String toString() {
    return "TokenHash";
  }
}
