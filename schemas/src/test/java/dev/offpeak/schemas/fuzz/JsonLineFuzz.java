package dev.offpeak.schemas.fuzz;

import dev.offpeak.core.json.JsonCompaction;
import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.RequestDecoding;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import dev.offpeak.schemas.request.RequestDecoding.Undecodable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Values of llm.requests as JSON lines. */
public final class JsonLineFuzz {

  private static final RequestDecoder DECODER =
      new RequestDecoder(
          (_, _) -> {
            throw new SerializationException("no Avro here");
          });

  private JsonLineFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] data) {
    check(data, DECODER.decode(data, new RecordHeaders()));
  }

  /** What holds for every decoding of a value, whatever the value. */
  static void check(byte[] value, RequestDecoding decoding) {
    switch (decoding) {
      case Undecodable bad -> {
        must(bad.message().length() < 10_000, "the message is bounded");
        must(bad.customId() == null || bad.customId().length() <= 512, "the id is bounded");
        must(!bad.code().id().equals("unprocessable_record"), bad.message());
      }
      case Decoded good -> {
        int end = good.bodyStart() + good.bodyLength();
        must(good.bodyStart() >= 0 && good.bodyLength() >= 2, "the body has a place");
        must(end <= value.length, "the body lies within the value");
        must(value[good.bodyStart()] == '{' && value[end - 1] == '}', "the body is an object");
        ByteArrayOutputStream compact = new ByteArrayOutputStream();
        try {
          JsonCompaction.write(value, good.bodyStart(), good.bodyLength(), compact);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        must(
            compact.size()
                == JsonCompaction.compactLength(value, good.bodyStart(), good.bodyLength()),
            "the compact length is told right");
        must(compact.toString().indexOf('\n') < 0, "a compact body is one line");
      }
    }
  }

  static void must(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
