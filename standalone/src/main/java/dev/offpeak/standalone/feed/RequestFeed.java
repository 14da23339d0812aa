package dev.offpeak.standalone.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.standalone.input.Inputs;
import dev.offpeak.standalone.input.Line;
import dev.offpeak.standalone.state.CannotRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of the inputs to llm.requests, each once, however often the run is killed: a
 * chunk of lines and the number of lines read so far are one transaction (docs/decisions/0005). The
 * record key of a line is its number.
 */
public final class RequestFeed {

  /** The consumer group whose committed offset is the number of lines read. */
  public static final String GROUP = "offpeak-run-feed";

  private static final int CHUNK_LINES = 5_000;
  private static final long CHUNK_BYTES = 8L << 20;

  private final List<Path> files;
  private final List<Header> headers;
  private final int lineLimit;
  private final String requests;
  private final String failures;
  private final Serializer<LlmFailure> failureSerializer;
  private final ConsumerGroupMetadata group;
  private final Clock clock;

  /**
   * A feed of these files.
   *
   * @param headers of every line
   * @param lineLimit longest line in bytes that a record can hold
   * @param requests the topic for lines
   * @param failures the topic for lines that are too long
   * @param group the group {@link #GROUP}
   */
  public RequestFeed(
      List<Path> files,
      List<Header> headers,
      int lineLimit,
      String requests,
      String failures,
      Serializer<LlmFailure> failureSerializer,
      ConsumerGroupMetadata group,
      Clock clock) {
    this.files = List.copyOf(files);
    this.headers = List.copyOf(headers);
    this.lineLimit = lineLimit;
    this.requests = requests;
    this.failures = failures;
    this.failureSerializer = failureSerializer;
    this.group = group;
    this.clock = clock;
  }

  /** Where the number of lines read is committed, given the topic for lines. */
  public static TopicPartition progressKey(String requests) {
    return new TopicPartition(requests, 0);
  }

  /**
   * Reads on after the lines read before, to the end.
   *
   * @param producer a transactional one, initialised
   * @param readBefore lines that earlier runs have committed
   * @param read told the number of lines after each commit
   * @param stop asked after each chunk whether to end early
   */
  void run(
      Producer<byte[], byte[]> producer, long readBefore, LongConsumer read, BooleanSupplier stop)
      throws IOException {
    try (Inputs inputs = Inputs.of(files, lineLimit)) {
      Line line = skip(inputs, readBefore);
      read.accept(readBefore);
      while (line != null && !stop.getAsBoolean()) {
        long first = line.number();
        long last = first;
        long bytes = 0;
        producer.beginTransaction();
        while (line != null && line.number() < first + CHUNK_LINES && bytes < CHUNK_BYTES) {
          bytes += send(producer, line);
          last = line.number();
          line = inputs.next();
        }
        producer.sendOffsetsToTransaction(
            Map.of(progressKey(requests), new OffsetAndMetadata(last)), group);
        producer.commitTransaction();
        read.accept(last);
      }
    }
  }

  private static @Nullable Line skip(Inputs inputs, long readBefore) throws IOException {
    for (long i = 0; i < readBefore; i++) {
      if (inputs.next() == null) {
        throw new CannotRun(
            "the input has "
                + i
                + " lines, but an earlier run has read "
                + readBefore
                + " of it; start over with --again");
      }
    }
    return inputs.next();
  }

  private long send(Producer<byte[], byte[]> producer, Line line) {
    byte[] key = Long.toString(line.number()).getBytes(UTF_8);
    return switch (line) {
      case Line.Fitting fitting -> {
        var _ = producer.send(new ProducerRecord<>(requests, null, key, fitting.bytes(), headers));
        yield fitting.bytes().length;
      }
      case Line.TooLong tooLong -> {
        byte[] value = failureSerializer.serialize(failures, failureOf(tooLong));
        var _ = producer.send(new ProducerRecord<>(failures, key, value));
        yield value.length;
      }
    };
  }

  /** No Kafka record can hold the line: its failure is written here, with what was kept of it. */
  private LlmFailure failureOf(Line.TooLong line) {
    return LlmFailure.newBuilder()
        .setTenant("default")
        .setCode("request_too_large")
        .setMessage(
            "line %d is %,d bytes long; at most %,d are allowed; its first %,d follow"
                .formatted(line.number(), line.length(), lineLimit, line.start().length))
        .setKind(FailureKind.YOUR_INPUT)
        .setOutcome(FailedAs.REJECTED)
        .setRetryable(false)
        .setAttempts(0)
        .setSourcePartition(-1)
        .setSourceOffset(-1)
        .setFailedAt(clock.instant())
        .setOriginal(ByteBuffer.wrap(line.start()))
        .build();
  }
}
