package dev.offpeak.batcher.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.request.OffpeakHeaders;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as they are, unless they are more than any record of ours may have: of those the beginning
 * is kept, and a header says how many they were. When a poll has brought enough it ends early:
 * after an exception here Kafka's consumer returns what it has, and tries the same record again in
 * the next poll.
 */
final class FrugalDeserializer implements Deserializer<byte[]> {

  private static final int KEPT = 1024;

  private final PollBudget budget;
  private final int recordBytes;

  FrugalDeserializer(PollBudget budget, int recordBytes) {
    this.budget = budget;
    this.recordBytes = recordBytes;
  }

  @Override
  public byte[] deserialize(String topic, byte[] data) {
    throw new UnsupportedOperationException("the consumer hands buffers and headers over");
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka allows null for a value that deletes its key.
  public byte[] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    if (data == null) {
      return null;
    }
    int length = data.remaining();
    int kept = length > recordBytes ? KEPT : length;
    if (!budget.spend(kept)) {
      throw new SerializationException("the poll has brought enough; this record is read again");
    }
    if (kept < length) {
      headers.add(OffpeakHeaders.OVERSIZED, Integer.toString(length).getBytes(UTF_8));
    }
    byte[] bytes = new byte[kept];
    data.get(data.position(), bytes);
    return bytes;
  }
}
