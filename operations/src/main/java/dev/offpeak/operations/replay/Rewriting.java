package dev.offpeak.operations.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record of a request that is executed again. A deadline is left out: it was meant for
 * the first time.
 */
final class Rewriting {

  private final String topic;
  private final ReplayTarget target;
  private final Function<byte[], LlmRequest> reader;
  private final Function<LlmRequest, byte[]> writer;

  /**
   * Rewrites for that target.
   *
   * @param topic llm.requests
   * @param reader reads its Avro values
   * @param writer writes its Avro values
   */
  Rewriting(
      String topic,
      ReplayTarget target,
      Function<byte[], LlmRequest> reader,
      Function<LlmRequest, byte[]> writer) {
    this.topic = topic;
    this.target = target;
    this.reader = reader;
    this.writer = writer;
  }

  /**
   * The record.
   *
   * @throws IllegalArgumentException when it can't be executed so, saying why
   */
  ProducerRecord<byte[], byte[]> of(OriginalRequest original, Decoded request) {
    ProducerRecord<byte[], byte[]> again =
        original.value()[0] == 0 ? avro(original) : json(original, request);
    set(again.headers(), OffpeakHeaders.REPLAY_OF, original.place());
    return again;
  }

  private ProducerRecord<byte[], byte[]> json(OriginalRequest original, Decoded request) {
    Headers headers = new RecordHeaders(original.headers());
    headers.remove(OffpeakHeaders.DEADLINE);
    set(headers, OffpeakHeaders.REPLAY_ID, target.replayId());
    set(headers, OffpeakHeaders.ACCOUNT, target.account());
    byte[] value = original.value();
    String model = target.model();
    if (model != null && request.shape().namesModelApart()) {
      set(headers, OffpeakHeaders.MODEL, model);
    } else if (model != null) {
      value = ModelSwap.in(value, request.bodyStart(), request.bodyLength(), model);
    }
    return new ProducerRecord<>(topic, null, null, original.key(), value, headers);
  }

  private ProducerRecord<byte[], byte[]> avro(OriginalRequest original) {
    LlmRequest before = reader.apply(original.value());
    LlmRequest.Builder again =
        LlmRequest.newBuilder(before).setReplayId(target.replayId()).setDeadline(null);
    if (target.account() != null) {
      again.setAccount(target.account());
    }
    String model = target.model();
    if (model != null && before.getModel() != null) {
      again.setModel(model);
    } else if (model != null) {
      byte[] body = new byte[before.getBody().remaining()];
      before.getBody().duplicate().get(body);
      again.setBody(ByteBuffer.wrap(ModelSwap.in(body, 0, body.length, model)));
    }
    return new ProducerRecord<>(
        topic,
        null,
        null,
        original.key(),
        writer.apply(again.build()),
        new RecordHeaders(original.headers()));
  }

  private static void set(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.remove(name);
      headers.add(name, value.getBytes(UTF_8));
    }
  }
}
