package dev.offpeak.results.completions;

import dev.offpeak.results.completions.job.Arrival;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a partition's worker is told by other threads. */
sealed interface Mail {

  /** The partition has more ended jobs. */
  record Taken(List<ConsumerRecord<byte[], byte[]>> records) implements Mail {}

  /** A job has its results, or never will have. */
  record Fetched(Arrival job) implements Mail {}
}
