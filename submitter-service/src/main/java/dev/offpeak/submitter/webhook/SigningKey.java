package dev.offpeak.submitter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.runtime.config.Secret;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of webhooks: HMAC-SHA256 over {@code id.timestamp.body}. The key is what stands in Base64
 * behind {@code whsec_}, or the secret's own bytes when it does not begin so (docs/providers A6).
 */
final class SigningKey {

  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private SigningKey(SecretKeySpec key) {
    this.key = key;
  }

  /**
   * The key of a secret.
   *
   * @throws IllegalArgumentException when it begins with {@code whsec_} and goes on with something
   *     else than Base64
   */
  static SigningKey of(Secret secret) {
    String text = secret.reveal();
    byte[] bytes;
    if (text.startsWith(PREFIX)) {
      try {
        bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "the webhook secret " + secret + " must hold Base64 behind " + PREFIX, e);
      }
    } else {
      bytes = text.getBytes(UTF_8);
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException("the webhook secret " + secret + " holds no key");
    }
    return new SigningKey(new SecretKeySpec(bytes, ALGORITHM));
  }

  /** Whether one of the signatures is this key's; takes the same time for every wrong one. */
  boolean hasSigned(String id, String timestamp, byte[] body, List<byte[]> signatures) {
    byte[] expected = sign(id, timestamp, body);
    boolean matches = false;
    for (byte[] signature : signatures) {
      matches |= MessageDigest.isEqual(expected, signature);
    }
    return matches;
  }

  private byte[] sign(String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + '.' + timestamp + '.').getBytes(UTF_8));
      return mac.doFinal(body);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }
}
