package dev.postern.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The answer to a refresh, sealed under the refresh token that was spent for it (AES-256-GCM), so
 * that only who still has that token can have the answer again. What the store holds opens nothing.
 */
public final class SealedAnswer {
  private static final int TAG_BITS = 128;
  // A key is derived from 256 bits of chance, is used for one message only, and never stored: the
  // nonce need not vary.
  private static final byte[] NONCE = new byte[12];

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

  static SealedAnswer seal(IssuedTokens answer, RefreshToken under) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(plain)) {
      out.writeUTF(answer.accessToken().reveal());
      out.writeUTF(answer.type());
      out.writeLong(answer.expiresIn().toMillis());
      out.writeUTF(answer.refreshToken().map(Secret::reveal).orElse(""));
      out.writeUTF(answer.scope().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SealedAnswer(crypt(Cipher.ENCRYPT_MODE, plain.toByteArray(), under));
  }

  /** The answer that was sealed under this token {@code age} ago, so much nearer to its end. */
  public IssuedTokens open(RefreshToken under, Duration age) {
    byte[] plain = crypt(Cipher.DECRYPT_MODE, octets, under);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      Secret accessToken = Secret.of(in.readUTF());
      String type = in.readUTF();
      Duration expiresIn = Duration.ofMillis(in.readLong()).minus(age);
      String refreshToken = in.readUTF();
      return new IssuedTokens(
          accessToken,
          type,
          expiresIn,
          refreshToken.isEmpty() ? Optional.empty() : Optional.of(Secret.of(refreshToken)),
          Scope.of(in.readUTF()),
          Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] crypt(int mode, byte[] input, RefreshToken under) {
    byte[] key = key(under);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed answer cannot be sealed or opened", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] key(RefreshToken token) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.value().utf8(), "HmacSHA256"));
      return mac.doFinal("postern sealed answer 1".getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "SealedAnswer";
  }
}
