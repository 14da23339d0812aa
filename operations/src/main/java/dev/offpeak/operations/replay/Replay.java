package dev.offpeak.operations.replay;

import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import dev.offpeak.schemas.request.RequestDecoding.Undecodable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends chosen requests to llm.requests again. A replay that was cut off is run again with the same
 * replay id: what it had sent before is dropped as a duplicate.
 */
final class Replay {

  private final RequestDecoder decoder;
  private final Selection selection;
  private final Target target;
  private final Rewriting rewriting;
  private final @Nullable Producer<byte[], byte[]> producer;
  private final ReplayCount count;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * A replay.
   *
   * @param producer null for a dry run, which only counts
   */
  Replay(
      RequestDecoder decoder,
      Selection selection,
      Target target,
      Rewriting rewriting,
      @Nullable Producer<byte[], byte[]> producer,
      ReplayCount count) {
    this.decoder = decoder;
    this.selection = selection;
    this.target = target;
    this.rewriting = rewriting;
    this.producer = producer;
    this.count = count;
  }

  /**
   * Sends the request if it is chosen.
   *
   * @throws KafkaException when an earlier one could not be written
   */
  void offer(Original original) {
    switch (decoder.decode(original.value(), original.headers())) {
      case Undecodable _ -> count.addUnreadable();
      case Decoded request when selection.matches(request) -> send(original, request);
      case Decoded _ -> {}
    }
  }

  private void send(Original original, Decoded request) {
    count.add(request, target.model() == null ? request.model() : target.model());
    if (producer != null) {
      var _ =
          producer.send(
              rewriting.of(original, request),
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
