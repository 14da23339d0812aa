package dev.offpeak.provider.gemini;

import dev.offpeak.provider.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;

/** Random bytes, written in odd pieces. */
final class Bytes implements Payload {

  final byte[] content;
  int written;

  Bytes(int length) {
    content = new byte[length];
    new Random(length).nextBytes(content);
  }

  @Override
  public long length() {
    return content.length;
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    written++;
    int piece = 99_991;
    for (int at = 0; at < content.length; at += piece) {
      sink.write(content, at, Math.min(piece, content.length - at));
    }
  }
}
