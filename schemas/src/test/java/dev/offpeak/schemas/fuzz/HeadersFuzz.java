package dev.offpeak.schemas.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.request.RequestDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Headers of a good line: pairs of a name's number, a length, and a value. */
public final class HeadersFuzz {

  private static final List<String> NAMES =
      List.of(
          "offpeak-tenant",
          "offpeak-deadline",
          "offpeak-account",
          "offpeak-replay-id",
          "offpeak-model",
          "offpeak-label-team",
          "offpeak-label-",
          "offpeak-key",
          "traceparent",
          "");
  private static final byte[] LINE =
      "{\"key\":\"a\",\"request\":{\"contents\":[]}}".getBytes(UTF_8);
  private static final RequestDecoder DECODER =
      new RequestDecoder(
          (_, _) -> {
            throw new SerializationException("no Avro here");
          });

  private HeadersFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] data) {
    RecordHeaders headers = new RecordHeaders();
    ByteBuffer in = ByteBuffer.wrap(data);
    while (in.remaining() >= 2) {
      String name = NAMES.get(Byte.toUnsignedInt(in.get()) % NAMES.size());
      int length = Math.min(Byte.toUnsignedInt(in.get()), in.remaining());
      byte[] value = new byte[length];
      in.get(value);
      headers.add(name, value);
    }
    JsonLineFuzz.check(LINE, DECODER.decode(LINE, headers));
  }
}
