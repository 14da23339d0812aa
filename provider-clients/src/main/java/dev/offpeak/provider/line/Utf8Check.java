package dev.offpeak.provider.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/** Tells whether bytes are UTF-8, strictly, without garbage. Not for several threads. */
final class Utf8Check {

  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer discarded = CharBuffer.allocate(8 * 1024);

  boolean isValid(byte[] bytes, int start, int length) {
    decoder.reset();
    ByteBuffer in = ByteBuffer.wrap(bytes, start, length);
    while (true) {
      discarded.clear();
      var result = decoder.decode(in, discarded, true);
      if (result.isError()) {
        return false;
      }
      if (result.isUnderflow()) {
        return true;
      }
    }
  }
}
