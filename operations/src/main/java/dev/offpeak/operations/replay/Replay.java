package dev.offpeak.operations.replay;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import dev.offpeak.schemas.request.RequestDecoding.Undecodable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends chosen requests to llm.requests again, each once. A replay that was cut off is run again
 * with the same replay id: what it had sent before is not sent again. A dry run decides in the same
 * way, so that it counts what would be sent.
 */
final class Replay {

  private final RequestDecoder decoder;
  private final Selection selection;
  private final ReplayTarget target;
  private final Rewriting rewriting;
  private final ReplayIdentities before;
  private final ByteSize largest;
  private final @Nullable Producer<byte[], byte[]> producer;
  private final ReplayCount count;
  private final ReplayIdentities now = new ReplayIdentities();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * A replay.
   *
   * @param before what was sent under the same replay id
   * @param largest request that the installation takes
   * @param producer null for a dry run, which only counts
   */
  Replay(
      RequestDecoder decoder,
      Selection selection,
      ReplayTarget target,
      Rewriting rewriting,
      ReplayIdentities before,
      ByteSize largest,
      @Nullable Producer<byte[], byte[]> producer,
      ReplayCount count) {
    this.decoder = decoder;
    this.selection = selection;
    this.target = target;
    this.rewriting = rewriting;
    this.before = before;
    this.largest = largest;
    this.producer = producer;
    this.count = count;
  }

  /**
   * Sends the request if it is chosen.
   *
   * @throws KafkaException when an earlier one could not be written
   */
  void offer(OriginalRequest original) {
    if (original.headers().lastHeader(OffpeakHeaders.REPLAY_OF) != null) {
      count.addReplayed();
      return;
    }
    switch (decoder.decode(original.value(), original.headers())) {
      case Undecodable _ -> count.addUnreadable();
      case Decoded request when request.replayId().equals(target.replayId()) -> count.addReplayed();
      case Decoded request when selection.matches(request) -> choose(original, request);
      case Decoded request -> count.passOver(request);
    }
  }

  private void choose(OriginalRequest original, Decoded request) {
    ProducerRecord<byte[], byte[]> again;
    try {
      again = rewriting.of(original, request);
    } catch (IllegalArgumentException e) {
      count.addUnsendable(String.valueOf(e.getMessage()));
      return;
    }
    if (again.value().length > largest.bytes()) {
      count.addUnsendable("longer than " + largest + ", which is limits.request-bytes");
      return;
    }
    switch (decoder.decode(again.value(), again.headers())) {
      case Undecodable refused -> count.addUnsendable(refused.message());
      case Decoded now -> sendOnce(again, now);
    }
  }

  private void sendOnce(ProducerRecord<byte[], byte[]> again, Decoded request) {
    if (!now.add(request)) {
      count.addRepeated();
    } else if (before.has(request)) {
      count.addSentBefore();
    } else {
      count.add(request);
      send(again);
    }
  }

  private void send(ProducerRecord<byte[], byte[]> again) {
    if (producer != null) {
      var _ =
          producer.send(
              again,
              (_, problem) -> {
                if (problem != null) {
                  failure.compareAndSet(null, problem);
                }
              });
      failIfBroken();
    }
  }

  /** Waits until everything is written. */
  void finish() {
    if (producer != null) {
      producer.flush();
      failIfBroken();
    }
  }

  private void failIfBroken() {
    Exception problem = failure.get();
    if (problem != null) {
      throw new KafkaException(
          "a request could not be written; run the same replay again with replay id '"
              + target.replayId()
              + "', what was sent is not sent twice",
          problem);
    }
  }
}
