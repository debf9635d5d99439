package dev.postern.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The answer to a refresh, sealed under the refresh token that was spent for it (AES-256-GCM), so
 * that only who still has that token can have the answer again. What the store holds opens nothing.
 */
public final class SealedAnswer {
  private static final int TAG_BITS = 128;
  private static final int NONCE_OCTETS = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] octets;

  private SealedAnswer(byte[] octets) {
    this.octets = octets;
  }

  /** The sealed answer that a store has written down with {@link #octets()}. */
  public static SealedAnswer ofOctets(byte[] octets) {
    return new SealedAnswer(octets.clone());
  }

  /** The sealed octets, for a store to write down. */
  public byte[] octets() {
    return octets.clone();
  }

  /** Seals an answer; {@code isKept} tells whether the store knows its access token. */
  static SealedAnswer seal(IssuedTokens answer, RefreshToken under, boolean isKept) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(plain)) {
      out.writeBoolean(isKept);
      out.writeUTF(answer.accessToken().reveal());
      out.writeUTF(answer.type());
      out.writeLong(answer.expiresIn().toMillis());
      out.writeUTF(answer.refreshToken().map(Secret::reveal).orElse(""));
      out.writeUTF(answer.scope().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Who loses a race has sealed another answer under the same key: the nonce has to vary.
    byte[] nonce = new byte[NONCE_OCTETS];
    RANDOM.nextBytes(nonce);
    byte[] box = crypt(Cipher.ENCRYPT_MODE, nonce, plain.toByteArray(), under);
    return new SealedAnswer(
        ByteBuffer.allocate(nonce.length + box.length).put(nonce).put(box).array());
  }

  /**
   * The answer that was sealed under this token {@code age} ago, so much nearer to its end.
   *
   * @param isAlive whether the store has this access token; when it knew it and has it no more, it
   *     was revoked, and there is no answer
   */
  public Optional<IssuedTokens> open(
      RefreshToken under, Duration age, Predicate<TokenHash> isAlive) {
    byte[] nonce = Arrays.copyOf(octets, NONCE_OCTETS);
    byte[] box = Arrays.copyOfRange(octets, NONCE_OCTETS, octets.length);
    byte[] plain = crypt(Cipher.DECRYPT_MODE, nonce, box, under);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      boolean isKept = in.readBoolean();
      Secret accessToken = Secret.of(in.readUTF());
      if (isKept && !isAlive.test(TokenHash.of(accessToken))) {
        return Optional.empty();
      }
      String type = in.readUTF();
      Duration expiresIn = Duration.ofMillis(in.readLong()).minus(age);
      String refreshToken = in.readUTF();
      return Optional.of(
          new IssuedTokens(
              accessToken,
              type,
              expiresIn,
              refreshToken.isEmpty() ? Optional.empty() : Optional.of(Secret.of(refreshToken)),
              Scope.of(in.readUTF()),
              Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] crypt(int mode, byte[] nonce, byte[] input, RefreshToken under) {
    byte[] info = "postern sealed answer 1".getBytes(StandardCharsets.US_ASCII);
    byte[] key = HmacSha256.of(under.value().utf8(), info);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed answer cannot be sealed or opened", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "SealedAnswer";
  }
}
