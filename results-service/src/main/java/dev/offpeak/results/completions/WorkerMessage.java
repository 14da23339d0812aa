package dev.offpeak.results.completions;

import dev.offpeak.results.completions.job.DecodedCompletion;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a partition's worker is told by other threads. */
sealed interface WorkerMessage {

  /** The partition has more ended jobs. */
  record Taken(List<ConsumerRecord<byte[], byte[]>> records) implements WorkerMessage {}

  /** A job has its results, or never will have. */
  record Fetched(DecodedCompletion job) implements WorkerMessage {}
}
