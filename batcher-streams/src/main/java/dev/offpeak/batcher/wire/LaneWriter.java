package dev.offpeak.batcher.wire;

import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of llm.lanes field by field, in the order of AdmittedRequest's schema. Not
 * thread-safe.
 */
public final class LaneWriter {

  private final byte[] header;
  private final FieldBytes fieldBytes = new FieldBytes();
  private @Nullable BinaryEncoder encoder;

  LaneWriter(byte[] header) {
    this.header = header;
  }

  /**
   * Writes one value.
   *
   * @param original the value of the llm.requests record
   */
  public byte[] write(LaneFields fields, byte[] original) {
    fieldBytes.reset();
    fieldBytes.writeBytes(header);
    BinaryEncoder to = EncoderFactory.get().binaryEncoder(fieldBytes, encoder);
    encoder = to;
    try {
      writeFields(to, fields);
      to.writeLong(original.length);
      to.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return fieldBytes.followedBy(original);
  }

  private static void writeFields(BinaryEncoder to, LaneFields fields) throws IOException {
    Decoded request = fields.request();
    to.writeString(request.customId());
    to.writeString(request.tenant());
    to.writeString(request.replayId());
    to.writeInt(fields.attempt());
    to.writeString(fields.lane().provider().id());
    to.writeString(fields.lane().account());
    to.writeString(request.endpoint());
    to.writeString(request.model());
    writeLabels(to, request.labels());
    writeDeadline(to, request.deadline());
    to.writeLong(fields.admittedAt().toEpochMilli());
    to.writeInt(fields.sourcePartition());
    to.writeLong(fields.sourceOffset());
    to.writeLong(fields.tokens());
    to.writeInt(request.inputs());
    to.writeLong(fields.bodyHash());
    to.writeInt(fields.compactLength());
    to.writeInt(request.bodyStart());
    to.writeInt(request.bodyLength());
  }

  private static void writeLabels(BinaryEncoder to, Map<String, String> labels) throws IOException {
    to.writeMapStart();
    to.setItemCount(labels.size());
    for (Map.Entry<String, String> label : labels.entrySet()) {
      to.startItem();
      to.writeString(label.getKey());
      to.writeString(label.getValue());
    }
    to.writeMapEnd();
  }

  private static void writeDeadline(BinaryEncoder to, @Nullable Instant deadline)
      throws IOException {
    if (deadline == null) {
      to.writeIndex(0);
      to.writeNull();
    } else {
      to.writeIndex(1);
      to.writeLong(deadline.toEpochMilli());
    }
  }

  /** What stands before the original; used again and again. */
  private static final class FieldBytes extends ByteArrayOutputStream {

    /** An original may be megabytes large: it is copied once, to where it stays. */
    byte[] followedBy(byte[] original) {
      byte[] all = Arrays.copyOf(buf, count + original.length);
      System.arraycopy(original, 0, all, count, original.length);
      return all;
    }
  }
}
