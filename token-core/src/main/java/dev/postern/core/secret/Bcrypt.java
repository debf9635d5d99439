package dev.postern.core.secret;

import java.math.BigInteger;

/**
 * The bcrypt function (Provos and Mazi&egrave;res, 1999): Blowfish with an expensive key schedule.
 * Blowfish starts from the digits of pi; they are computed here, when first needed, rather than
 * typed.
 */
final class Bcrypt {
  private static final int ROUNDS = 16;
  private static final int P_WORDS = ROUNDS + 2;
  private static final int S_WORDS = 4 * 256;
  private static final int[] MAGIC = {
    0x4F727068, 0x65616E42, 0x65686F6C, 0x64657253, 0x63727944, 0x6F756274
  };

  private final int[] p = new int[P_WORDS];
  private final int[] s = new int[S_WORDS];
  private int left;
  private int right;

  private Bcrypt() {
    System.arraycopy(Pi.WORDS, 0, p, 0, P_WORDS);
    System.arraycopy(Pi.WORDS, P_WORDS, s, 0, S_WORDS);
  }

  /** 24 octets, of which stored hashes keep 23. */
  static byte[] hash(byte[] key, byte[] salt, int cost) {
    Bcrypt state = new Bcrypt();
    state.expand(key, salt);
    byte[] noSalt = new byte[16];
    for (long i = 0; i < 1L << cost; i++) {
      state.expand(key, noSalt);
      state.expand(salt, noSalt);
    }
    return state.encryptMagic();
  }

  private void expand(byte[] key, byte[] salt) {
    for (int i = 0; i < P_WORDS; i++) {
      p[i] ^= word(key, 4 * i);
    }
    left = 0;
    right = 0;
    int offset = 0;
    for (int i = 0; i < P_WORDS; i += 2, offset += 8) {
      mix(salt, offset);
      p[i] = left;
      p[i + 1] = right;
    }
    for (int i = 0; i < S_WORDS; i += 2, offset += 8) {
      mix(salt, offset);
      s[i] = left;
      s[i + 1] = right;
    }
  }

  private void mix(byte[] salt, int offset) {
    left ^= word(salt, offset);
    right ^= word(salt, offset + 4);
    encrypt();
  }

  /** Four octets from {@code offset}, starting over at the end. */
  private static int word(byte[] octets, int offset) {
    int word = 0;
    for (int i = 0; i < 4; i++) {
      word = (word << 8) | (octets[(offset + i) % octets.length] & 0xFF);
    }
    return word;
  }

  private void encrypt() {
    int l = left ^ p[0];
    int r = right;
    for (int i = 1; i <= ROUNDS; i += 2) {
      r ^= feistel(l) ^ p[i];
      l ^= feistel(r) ^ p[i + 1];
    }
    left = r ^ p[ROUNDS + 1];
    right = l;
  }

  private int feistel(int x) {
    return ((s[x >>> 24] + s[256 + (x >>> 16 & 0xFF)]) ^ s[512 + (x >>> 8 & 0xFF)])
        + s[768 + (x & 0xFF)];
  }

  private byte[] encryptMagic() {
    byte[] result = new byte[4 * MAGIC.length];
    for (int i = 0; i < MAGIC.length; i += 2) {
      left = MAGIC[i];
      right = MAGIC[i + 1];
      for (int j = 0; j < 64; j++) {
        encrypt();
      }
      write(left, result, 4 * i);
      write(right, result, 4 * i + 4);
    }
    return result;
  }

  private static void write(int word, byte[] into, int offset) {
    for (int i = 0; i < 4; i++) {
      into[offset + i] = (byte) (word >>> (24 - 8 * i));
    }
  }

  /** The binary digits of pi behind the point. */
  private static final class Pi {
    private static final int BITS = 32 * (P_WORDS + S_WORDS);
    private static final int GUARD_BITS = 64;
    static final int[] WORDS = words();

    private static int[] words() {
      // Machin: pi = 16 arctan(1/5) - 4 arctan(1/239)
      BigInteger pi = arctanOfInverse(5).shiftLeft(4).subtract(arctanOfInverse(239).shiftLeft(2));
      BigInteger digits = pi.shiftRight(GUARD_BITS);
      int[] words = new int[P_WORDS + S_WORDS];
      for (int i = 0; i < words.length; i++) {
        words[i] = digits.shiftRight(BITS - 32 * (i + 1)).intValue();
      }
      return words;
    }

    private static BigInteger arctanOfInverse(int x) {
      BigInteger square = BigInteger.valueOf((long) x * x);
      BigInteger power = BigInteger.ONE.shiftLeft(BITS + GUARD_BITS).divide(BigInteger.valueOf(x));
      BigInteger sum = power;
      for (int n = 3; power.signum() != 0; n += 2) {
        power = power.divide(square);
        BigInteger term = power.divide(BigInteger.valueOf(n));
        sum = n % 4 == 1 ? sum.add(term) : sum.subtract(term);
      }
      return sum;
    }
  }
}
