package dev.offpeak.results.urgent;

import dev.offpeak.results.shared.metric.OutcomeKind;
import dev.offpeak.results.shared.outcome.Billed;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What a try at a request came to. */
sealed interface CallResult {

  /**
   * It has its outcome.
   *
   * @param billed the answer that was paid for; null when none was
   */
  record Settled(ProducerRecord<byte[], byte[]> outcome, OutcomeKind kind, @Nullable Billed billed)
      implements CallResult {}

  /**
   * Certainly not executed; to be tried again.
   *
   * @param after how long to wait at least, when somebody says so
   */
  record TurnedDown(String code, String message, @Nullable Duration after) implements CallResult {}
}
