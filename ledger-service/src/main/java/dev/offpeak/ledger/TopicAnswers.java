package dev.offpeak.ledger;

import dev.offpeak.ledger.console.Answers;
import dev.offpeak.ledger.report.Request;
import dev.offpeak.operations.outcome.OutcomeLine;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.reading.PositionReader;
import dev.offpeak.schemas.reading.PositionReader.Silence;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads them from llm.requests, llm.results and llm.failures, by the places that the ledger knows.
 */
record TopicAnswers(
    Supplier<Consumer<byte[], byte[]>> consumers, Topics topics, SerdeFactory serdes, Clock clock)
    implements Answers {

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final long ONE_FETCH = 1_048_576;

  @Override
  public Words of(Request request) {
    byte[] outcome =
        read(
            request.failed() ? topics.failures().name() : topics.results().name(),
            request.part(),
            request.place());
    byte[] asked = read(topics.requests().name(), request.sourcePart(), request.sourcePlace());
    if (outcome != null && request.failed() && asked == null) {
      asked = original(outcome);
    }
    return new Words(
        asked == null ? null : body(asked),
        outcome == null ? null : answer(outcome, request.failed()));
  }

  /** A new consumer each time: somebody looks at an answer now and then. */
  private byte @Nullable [] read(String topic, int part, long place) {
    if (place < 0) {
      return null;
    }
    TopicPartition partition = new TopicPartition(topic, part);
    try (PositionReader<byte[]> reader =
        new PositionReader<>(
            consumers.get(), partition, ONE_FETCH, clock, Silence.lasting(PATIENCE))) {
      ConsumerRecord<byte[], byte[]> record = reader.read(place);
      return record == null ? null : record.value();
    } catch (OffsetOutOfRangeException goneByRetention) {
      return null;
    }
  }

  /** A line of JSON is shown as it is. */
  private byte[] body(byte[] request) {
    return OutcomeLine.isOne(request)
        ? request
        : bytes(
            serdes
                .deserializer(LlmRequest.class)
                .deserialize(topics.requests().name(), request)
                .getBody());
  }

  private byte @Nullable [] answer(byte[] outcome, boolean failed) {
    if (OutcomeLine.isOne(outcome)) {
      return outcome;
    }
    ByteBuffer body =
        failed
            ? failure(outcome).getResponseBody()
            : serdes
                .deserializer(LlmResult.class)
                .deserialize(topics.results().name(), outcome)
                .getBody();
    return body == null ? null : bytes(body);
  }

  private byte[] original(byte[] outcome) {
    return OutcomeLine.isOne(outcome)
        ? OutcomeLine.read(outcome).original()
        : bytes(failure(outcome).getOriginal());
  }

  private LlmFailure failure(byte[] outcome) {
    return serdes.deserializer(LlmFailure.class).deserialize(topics.failures().name(), outcome);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
