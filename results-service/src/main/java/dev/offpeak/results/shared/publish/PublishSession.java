package dev.offpeak.results.shared.publish;

import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.schemas.topic.RefusedSend;
import java.io.Closeable;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to publish for one partition of llm.completions, in transactions that carry the
 * partition's progress. Opening one fences out whoever had it before, and only then reads how far
 * they got, so that nothing can be published twice. After any exception it must be closed; another
 * one then tells what became of the last transaction. Not thread-safe.
 */
public final class PublishSession implements Closeable {

  private static final Logger LOGGER = LoggerFactory.getLogger(PublishSession.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final TopicPartition partition;
  private final Supplier<ConsumerGroupMetadata> group;
  private final Progress progress;
  private final FailpointListener<Failpoint> halt;
  private boolean open;
  private long commits;
  private volatile @Nullable String refusal;

  private PublishSession(
      Producer<byte[], byte[]> producer,
      TopicPartition partition,
      Supplier<ConsumerGroupMetadata> group,
      Progress progress,
      FailpointListener<Failpoint> halt) {
    this.producer = producer;
    this.partition = partition;
    this.group = group;
    this.progress = progress;
    this.halt = halt;
  }

  /**
   * Takes the right over.
   *
   * @param producer a new one with the partition's transactional id; closed with the session
   * @param group the latest membership of this consumer
   */
  public static PublishSession open(
      Producer<byte[], byte[]> producer,
      CommittedProgress committed,
      TopicPartition partition,
      Supplier<ConsumerGroupMetadata> group,
      FailpointListener<Failpoint> halt)
      throws InterruptedException {
    try {
      producer.initTransactions();
      return new PublishSession(producer, partition, group, committed.read(partition), halt);
    } catch (Throwable e) {
      producer.close(CLOSE_LIMIT);
      throw e;
    }
  }

  /** What is published, and what will be with the transaction that is open. */
  public Progress progress() {
    return progress;
  }

  /** Transactions committed so far. */
  public long commits() {
    return commits;
  }

  /** Adds a record to the open transaction, or begins one with it. */
  void send(ProducerRecord<byte[], byte[]> record) {
    begin();
    // A record that can't be sent makes the commit fail.
    var _ =
        producer.send(
            record,
            (_, failure) -> {
              if (failure != null && refusal == null) {
                refusal = RefusedSend.words(record.topic(), length(record), failure);
              }
            });
  }

  private static long length(ProducerRecord<byte[], byte[]> record) {
    return (record.key() == null ? 0L : record.key().length)
        + (record.value() == null ? 0L : record.value().length);
  }

  /** Commits all records sent since the last commit, and the progress. */
  void commit() throws InterruptedException {
    begin();
    halt.reached(Failpoint.BEFORE_PROGRESS);
    var offset = new OffsetAndMetadata(progress.position(), progress.encode());
    try {
      producer.sendOffsetsToTransaction(Map.of(partition, offset), group.get());
      halt.reached(Failpoint.BEFORE_COMMIT);
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw said(e);
    }
    open = false;
    commits++;
    halt.reached(Failpoint.AFTER_COMMIT);
  }

  /** With what an operator must do, where a topic has refused a record. */
  private KafkaException said(KafkaException e) {
    String words = refusal;
    return words == null ? e : new KafkaException(words, e);
  }

  private void begin() {
    if (!open) {
      producer.beginTransaction();
      open = true;
    }
  }

  /** Gives the right up. A transaction that is open is aborted, so that readers need not wait. */
  @Override
  public void close() {
    try {
      if (open) {
        producer.abortTransaction();
      }
    } catch (KafkaException | IllegalStateException e) {
      // Fenced out, or nobody knows what became of the commit: the next session will find out.
      LOGGER.atDebug().setCause(e).addKeyValue("partition", partition).log("not aborted");
    } finally {
      producer.close(CLOSE_LIMIT);
    }
  }
}
