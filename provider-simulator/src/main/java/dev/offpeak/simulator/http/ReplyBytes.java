package dev.offpeak.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;

/** The whole body of a reply in memory, for faults that change it. */
final class ReplyBytes {
  private ReplyBytes() {}

  static byte[] of(Reply reply) throws IOException {
    return switch (reply.body()) {
      case Reply.Body.Bytes(byte[] bytes) -> bytes;
      case Reply.Body.Quoting quoting ->
          throw new IllegalStateException("The answer was given no id");
      case Reply.Body.Stored stored -> {
        byte[] all = Files.readAllBytes(stored.file());
        yield all.length > stored.length() ? Arrays.copyOf(all, (int) stored.length()) : all;
      }
      case Reply.Body.Streamed streamed -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        streamed.writeTo(out);
        yield out.toByteArray();
      }
    };
  }
}
