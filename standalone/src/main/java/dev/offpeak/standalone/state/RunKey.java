package dev.offpeak.standalone.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What makes two runs the same one: the bytes of their inputs, in order, and where they are sent.
 * Names and times of files do not count, so that a file that was moved or copied is not paid for
 * again.
 */
public final class RunKey {

  private static final int BUFFER = 1 << 20;
  private static final int KEPT_BYTES = 8;

  private RunKey() {}

  /** The key as a name for a folder. */
  public static String of(List<Path> inputs, String destination) throws IOException {
    MessageDigest all = sha256();
    byte[] buffer = new byte[BUFFER];
    for (Path input : inputs) {
      MessageDigest one = sha256();
      try (InputStream in = Files.newInputStream(input)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          one.update(buffer, 0, n);
        }
      }
      all.update(one.digest());
    }
    all.update(destination.getBytes(UTF_8));
    return HexFormat.of().formatHex(all.digest(), 0, KEPT_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
