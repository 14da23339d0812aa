package dev.offpeak.ingest.files;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the chunks of one file with a key of its own: a topic forgets nothing at once, but who
 * has thrown the key away has thrown the file away.
 */
final class ChunkCipher {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  ChunkCipher(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  static byte[] newKey(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  byte[] encrypt(int chunk, byte[] bytes, int length) {
    return apply(Cipher.ENCRYPT_MODE, chunk, bytes, length);
  }

  byte[] decrypt(int chunk, byte[] bytes) {
    return apply(Cipher.DECRYPT_MODE, chunk, bytes, bytes.length);
  }

  private byte[] apply(int mode, int chunk, byte[] bytes, int length) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      // A key encrypts one file, so that its chunks' numbers never come twice.
      byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(chunk).array();
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(bytes, 0, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("chunk " + chunk + " of a file can't be read", e);
    }
  }
}
