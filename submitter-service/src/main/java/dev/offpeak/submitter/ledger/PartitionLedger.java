package dev.offpeak.submitter.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one partition of llm.jobs, in transactions under a transactional id of the partition's
 * own: once a newer owner has opened it, nothing that this one writes is committed. Entries that
 * queue up while a transaction commits share the next one.
 */
public final class PartitionLedger implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(PartitionLedger.class);
  private static final int MOST_AT_ONCE = 500;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  /** Stands in the queue where the ledger was closed. */
  private static final Waiting END = new Waiting(JobEntry.forgotten(""), new CompletableFuture<>());

  private final int partition;
  private final Producer<byte[], byte[]> producer;
  private final LedgerCodec codec;
  private final Consumer<OwnershipLost> onLost;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile @Nullable OwnershipLost lost;

  private record Waiting(JobLedgerEntry entry, CompletableFuture<Void> committed) {}

  PartitionLedger(
      int partition,
      Producer<byte[], byte[]> producer,
      LedgerCodec codec,
      Consumer<OwnershipLost> onLost) {
    this.partition = partition;
    this.producer = producer;
    this.codec = codec;
    this.onLost = onLost;
    this.thread = Thread.ofVirtual().name("ledger-" + partition).unstarted(this::run);
  }

  /**
   * Takes the partition over: fences whoever wrote it before, and ends the transaction that may
   * have been open.
   */
  public void open() {
    producer.initTransactions();
    thread.start();
  }

  /** Queues an entry; the future ends when it is committed, or with {@link OwnershipLost}. */
  public CompletableFuture<Void> append(JobLedgerEntry entry) {
    CompletableFuture<Void> committed = new CompletableFuture<>();
    queue.add(new Waiting(entry, committed));
    failIfLost();
    return committed;
  }

  /**
   * Records an entry.
   *
   * @throws OwnershipLost when it is not recorded, and nothing may be done in its name
   * @throws InterruptedException when interrupted; whether it is recorded is not known then
   */
  public void write(JobLedgerEntry entry) throws OwnershipLost, InterruptedException {
    try {
      append(entry).get();
    } catch (ExecutionException e) {
      throw new OwnershipLost(partition, e.getCause() == null ? e : e.getCause());
    }
  }

  private void run() {
    try {
      List<Waiting> group = next();
      while (!group.isEmpty()) {
        commit(group);
        group = next();
      }
      lose(new OwnershipLost(partition, new IllegalStateException("it was closed")));
    } catch (RuntimeException | InterruptedException e) {
      lose(new OwnershipLost(partition, e));
    } finally {
      // An interrupt that is still pending would break the closing off.
      boolean interrupted = Thread.interrupted();
      producer.close(interrupted ? Duration.ZERO : CLOSE_PATIENCE);
      codec.close();
    }
  }

  /** What is to be committed next; nothing when the ledger is closed. */
  private List<Waiting> next() throws InterruptedException {
    List<Waiting> group = new ArrayList<>();
    group.add(queue.take());
    queue.drainTo(group, MOST_AT_ONCE - 1);
    int end = group.indexOf(END);
    if (end < 0) {
      return group;
    }
    // The end comes again when what is before it is committed; what is behind it is refused then.
    queue.addAll(group.subList(end == 0 ? 1 : end, group.size()));
    return group.subList(0, end);
  }

  private void commit(List<Waiting> group) {
    try {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      group.forEach(waiting -> records.addAll(codec.records(waiting.entry())));
      producer.beginTransaction();
      for (ProducerRecord<byte[], byte[]> record : records) {
        // A record that can't be sent fails the commit.
        var _ = producer.send(record);
      }
      producer.commitTransaction();
    } catch (RuntimeException e) {
      OwnershipLost reason = new OwnershipLost(partition, e);
      group.forEach(waiting -> waiting.committed().completeExceptionally(reason));
      throw e;
    }
    group.forEach(waiting -> waiting.committed().complete(null));
  }

  private void lose(OwnershipLost reason) {
    if (lost == null) {
      lost = reason;
      LOGGER.atDebug().setCause(reason).addKeyValue("partition", partition).log("ledger closed");
      onLost.accept(reason);
    }
    failIfLost();
  }

  private void failIfLost() {
    OwnershipLost reason = lost;
    if (reason != null) {
      List<Waiting> rest = new ArrayList<>();
      queue.drainTo(rest);
      rest.forEach(waiting -> waiting.committed().completeExceptionally(reason));
    }
  }

  /** Ends when what is queued is written; what then comes is refused. */
  @Override
  public void close() {
    if (thread.getState() == Thread.State.NEW) {
      producer.close(Duration.ZERO);
      return;
    }
    queue.add(END);
    try {
      if (!thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      thread.interrupt();
    }
  }
}
