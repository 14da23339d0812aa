package dev.offpeak.standalone.feed;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.ingest.feed.FeedChunk;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.standalone.input.Inputs;
import dev.offpeak.standalone.input.Line;
import dev.offpeak.standalone.state.CannotRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of the inputs to llm.requests, each once, however often the run is killed: a
 * chunk of lines and the number of lines read so far are one transaction (docs/decisions/0005). The
 * record key of a line says where it stands.
 */
public final class RequestFeed {

  /** The consumer group whose committed offset is the number of lines read. */
  public static final String GROUP = "offpeak-run-feed";

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
   * @param readBefore what earlier runs have committed
   * @param read told how far it came after each commit
   * @param stop asked after each chunk whether to end early
   */
  void run(
      Producer<byte[], byte[]> producer,
      FeedPosition readBefore,
      Consumer<FeedPosition> read,
      BooleanSupplier stop)
      throws IOException {
    try (Inputs inputs = Inputs.of(files, lineLimit)) {
      Line line = skip(producer, inputs, readBefore);
      read.accept(readBefore);
      Chunk chunk = new Chunk(producer, inputs, readBefore);
      while (line != null && !stop.getAsBoolean()) {
        line = FeedChunk.write(producer, line, inputs::next, chunk);
        read.accept(chunk.position);
      }
    }
  }

  /** Lines of the inputs, and how far these were read. */
  private final class Chunk implements FeedChunk.Sink<Line> {
    private final Producer<byte[], byte[]> producer;
    private final Inputs inputs;
    private final FeedPosition readBefore;
    private FeedPosition position;

    Chunk(Producer<byte[], byte[]> producer, Inputs inputs, FeedPosition readBefore) {
      this.producer = producer;
      this.inputs = inputs;
      this.readBefore = readBefore;
      this.position = readBefore;
    }

    @Override
    public long send(Line line) {
      long bytes = RequestFeed.this.send(producer, line);
      position = position(line.number(), inputs.blank(), readBefore);
      return bytes;
    }

    @Override
    public void progress() {
      sendPosition(producer, position);
    }
  }

  private FeedPosition position(long lines, long blank, FeedPosition readBefore) {
    return new FeedPosition(lines, blank, Math.max(lineLimit, readBefore.lineLimit()));
  }

  private void commit(Producer<byte[], byte[]> producer, FeedPosition position) {
    sendPosition(producer, position);
    producer.commitTransaction();
  }

  private void sendPosition(Producer<byte[], byte[]> producer, FeedPosition position) {
    producer.sendOffsetsToTransaction(Map.of(progressKey(requests), position.toOffset()), group);
  }

  /**
   * Passes over what was read before. Lines that were too long then and are not any more are sent
   * now, all in one transaction with the new limit, so that none is sent twice.
   */
  private @Nullable Line skip(
      Producer<byte[], byte[]> producer, Inputs inputs, FeedPosition readBefore)
      throws IOException {
    boolean sending = false;
    Line line = inputs.next();
    while (line != null && line.number() <= readBefore.lines()) {
      if (line instanceof Line.Fitting fitting && fitting.bytes().length > readBefore.lineLimit()) {
        if (!sending) {
          producer.beginTransaction();
          sending = true;
        }
        var _ = send(producer, line);
      }
      line = inputs.next();
    }
    if (inputs.lines() < readBefore.lines()) {
      throw new CannotRun(
          "the input has "
              + inputs.lines()
              + " lines, but an earlier run has read "
              + readBefore.lines()
              + " of it; start over with --again");
    }
    if (sending) {
      commit(producer, position(readBefore.lines(), readBefore.blank(), readBefore));
    }
    return line;
  }

  private long send(Producer<byte[], byte[]> producer, Line line) {
    byte[] key = line.place().key();
    return switch (line) {
      // A record that begins with a zero byte would be taken for Avro.
      case Line.Fitting fitting when fitting.bytes()[0] == 0 ->
          sendFailure(
              producer,
              key,
              failure(FailureCode.MALFORMED_RECORD, fitting.bytes())
                  .setMessage("the line begins with a NUL byte; a line is one JSON object")
                  .build(),
              List.of());
      case Line.Fitting fitting -> {
        var _ = producer.send(new ProducerRecord<>(requests, null, key, fitting.bytes(), headers));
        yield fitting.bytes().length;
      }
      case Line.TooLong tooLong ->
          sendFailure(
              producer, key, failureOf(tooLong), List.of(TooLongLines.header(tooLong.length())));
    };
  }

  private long sendFailure(
      Producer<byte[], byte[]> producer, byte[] key, LlmFailure failure, List<Header> about) {
    byte[] value = failureSerializer.serialize(failures, failure);
    var _ = producer.send(new ProducerRecord<>(failures, null, key, value, about));
    return value.length;
  }

  /** No Kafka record can hold the line: its failure is written here, with what was kept of it. */
  private LlmFailure failureOf(Line.TooLong line) {
    return failure(FailureCode.REQUEST_TOO_LARGE, line.start())
        .setCustomId(line.customId())
        .setMessage(
            String.format(
                Locale.ROOT,
                "%sthe line is %,d bytes long; at most %,d are allowed: make it shorter, or allow"
                    + " more with --line-limit",
                line.customId() == null ? "" : "'" + line.customId() + "': ",
                line.length(),
                lineLimit))
        .build();
  }

  private LlmFailure.Builder failure(FailureCode code, byte[] original) {
    return LlmFailure.newBuilder()
        .setTenant(OffpeakHeaders.DEFAULT_TENANT)
        .setCode(code.id())
        .setMessage("")
        .setKind(FailureKind.YOUR_INPUT)
        .setOutcome(FailedAs.REJECTED)
        .setRetryable(false)
        .setAttempts(0)
        .setSourcePartition(-1)
        .setSourceOffset(-1)
        .setFailedAt(clock.instant())
        .setOriginal(ByteBuffer.wrap(original));
  }
}
