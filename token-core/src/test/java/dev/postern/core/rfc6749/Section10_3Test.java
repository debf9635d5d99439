package dev.postern.core.rfc6749;

import static dev.postern.core.testing.Answers.accessToken;
import static dev.postern.core.testing.Answers.refreshToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.CodeGrant;
import dev.postern.core.Issuance;
import dev.postern.core.Revocation;
import dev.postern.core.StoredAccessToken;
import dev.postern.core.StoredCode;
import dev.postern.core.StoredRefreshToken;
import dev.postern.core.TokenHash;
import dev.postern.core.TokenResult;
import dev.postern.core.TokenStore;
import dev.postern.core.testing.Codes;
import dev.postern.core.testing.Endpoint;
import dev.postern.core.testing.Rfc;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Rfc({"RFC6749-10.3", "RFC6749-10.4"})
@DisplayName("RFC 6749 s10.3, s10.4: MUST be kept confidential in transit and storage")
class Section10_3Test {
  private final Recording recording = new Recording();
  private final Endpoint endpoint = Endpoint.builder().store(recording::around).build();

  @Test
  void a_store_is_given_hashes_and_what_they_cannot_open() throws NoSuchAlgorithmException {
    String code = endpoint.code(Codes.ofShop());
    TokenResult first = Codes.redeem(endpoint, code);
    TokenResult second = Codes.refresh(endpoint, refreshToken(first));

    assertThat(recording.octets)
        .contains(
            sha256(code),
            sha256(accessToken(first)),
            sha256(refreshToken(first)),
            sha256(refreshToken(first).substring(0, 22)),
            sha256(accessToken(second)),
            sha256(refreshToken(second)));
    for (String secret : List.of(code, accessToken(first), refreshToken(first))) {
      assertThat(recording.octets)
          .noneMatch(octets -> latin1(octets).contains(secret.substring(0, 16)));
    }
    assertThat(recording.octets)
        .noneMatch(octets -> latin1(octets).contains(accessToken(second).substring(0, 16)))
        .noneMatch(octets -> latin1(octets).contains(refreshToken(second).substring(22, 38)));
  }

  private static byte[] sha256(String text) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String latin1(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** Keeps all octets that a store could write down. */
  private static final class Recording {
    private final List<byte[]> octets = new ArrayList<>();

    private void add(TokenHash hash) {
      octets.add(hash.octets());
    }

    private void add(Issuance issuance) {
      issuance.accessToken().ifPresent(token -> add(token.hash()));
      issuance
          .refreshToken()
          .ifPresent(
              token -> {
                add(token.family());
                add(token.hash());
              });
      if (issuance.spend() instanceof Issuance.Spend.Code code) {
        add(code.code());
      } else if (issuance.spend() instanceof Issuance.Spend.Rotation rotation) {
        add(rotation.family());
        add(rotation.token());
        octets.add(rotation.answer().orElseThrow().octets());
      }
    }

    TokenStore around(TokenStore store) {
      return new TokenStore() {
        @Override
        public void saveCode(TokenHash code, CodeGrant grant, Duration lifetime) {
          add(code);
          store.saveCode(code, grant, lifetime);
        }

        @Override
        public Optional<StoredCode> findCode(TokenHash code) {
          return store.findCode(code);
        }

        @Override
        public Optional<StoredRefreshToken> findRefreshToken(TokenHash family, TokenHash token) {
          return store.findRefreshToken(family, token);
        }

        @Override
        public Optional<StoredAccessToken> findAccessToken(TokenHash accessToken) {
          return store.findAccessToken(accessToken);
        }

        @Override
        public boolean commit(Issuance issuance) {
          add(issuance);
          return store.commit(issuance);
        }

        @Override
        public void revoke(Revocation revocation) {
          store.revoke(revocation);
        }
      };
    }
  }
}
