package dev.offpeak.results.consume;

import dev.offpeak.results.job.FetchedJob;
import dev.offpeak.results.job.JobCleaner;
import dev.offpeak.results.job.Slots;
import dev.offpeak.results.publish.Progress;
import dev.offpeak.results.publish.Publication;
import dev.offpeak.results.publish.Session;
import dev.offpeak.results.wait.NotYet;
import dev.offpeak.results.wait.Patience;
import dev.offpeak.results.wait.StopSignal;
import dev.offpeak.schemas.avro.JobEnded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the jobs of one partition of llm.completions: each is fetched on a thread of its own,
 * and published by the worker's thread as soon as it is there. Trouble with Kafka is waited out:
 * the session is given up, the progress read again, and the work goes on from there. While nothing
 * is in hand the partition has no producer.
 */
public final class PartitionWorker implements PartitionWork {

  private static final Logger LOGGER = LoggerFactory.getLogger(PartitionWorker.class);

  /** One job is published while the next one downloads. */
  private static final int SLOTS = 2;

  /** Time to commit a chunk; Kafka's transaction would be aborted a little later anyway. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final TopicPartition partition;
  private final WorkerTools with;
  private final Supplier<ConsumerGroupMetadata> group;
  private final StopSignal stop;
  private final Slots slots;
  private final ExecutorService fetches;
  private final BlockingQueue<Mail> mail = new LinkedBlockingQueue<>();
  private final AtomicInteger notBegun = new AtomicInteger();
  private final JobsInHand hand = new JobsInHand(this::fetch);
  private @Nullable Thread thread;

  /**
   * A worker that has not started.
   *
   * @param group the latest membership of this consumer
   */
  public PartitionWorker(
      TopicPartition partition, WorkerTools with, Supplier<ConsumerGroupMetadata> group) {
    this.partition = partition;
    this.with = with;
    this.group = group;
    this.stop = new StopSignal(with.sleeper());
    this.slots = new Slots(new Semaphore(SLOTS, true), with.slots());
    this.fetches =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fetch-" + partition.partition() + "-", 0).factory());
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("results-" + partition.partition()).start(this::run);
  }

  @Override
  public void take(List<ConsumerRecord<byte[], byte[]>> records) {
    notBegun.addAndGet(records.size());
    mail.add(new Mail.Taken(records));
  }

  @Override
  public boolean wantsMore() {
    return notBegun.get() == 0;
  }

  /** After the current request. */
  @Override
  public void stop() {
    stop.stop();
  }

  @Override
  public void await() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!running.join(GRACE)) {
        running.interrupt();
        if (!running.join(GRACE)) {
          with.onFailure()
              .accept(new IllegalStateException("worker of " + partition + " does not stop"));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        workOff();
        receive(stop.await(mail::take));
      }
    } catch (InterruptedException | InterruptException e) {
      LOGGER.atInfo().addKeyValue("partition", partition).log("worker stopped");
    } catch (Throwable e) {
      with.onFailure().accept(e);
    } finally {
      dropAll();
    }
  }

  /**
   * Returns when nothing is in hand. The first time nothing is: opening a session ends a
   * transaction that a dead owner left open. Until somebody does, Kafka tells nobody the offset
   * that the transaction would commit, so that no record would come.
   */
  private void workOff() throws InterruptedException {
    Patience patience = new Patience("partition " + partition, with.retries(), stop::sleep);
    try {
      boolean done = false;
      for (int retry = 0; !done; retry++) {
        stop.check();
        long commits = 0;
        try (Session session = openSession()) {
          patience.over();
          try {
            serve(session);
            done = true;
          } finally {
            commits = session.commits();
          }
        } catch (InterruptException e) {
          throw e;
        } catch (RuntimeException e) {
          retry = commits > 0 ? 0 : retry;
          patience.after(retry, NotYet.soon(e));
        }
      }
    } finally {
      patience.over();
    }
  }

  private Session openSession() throws InterruptedException {
    return Session.open(
        with.producers().apply(partition.partition()),
        with.committed(),
        partition,
        group,
        with.halt());
  }

  private void serve(Session session) throws InterruptedException {
    Progress progress = session.progress();
    hand.resume(progress);
    while (true) {
      notBegun.addAndGet(-hand.begin(progress));
      FetchedJob job = hand.ready();
      if (job != null) {
        publish(session, job);
      } else if (hand.isEmpty()) {
        return;
      } else {
        receive(stop.await(mail::take));
      }
      stop.check();
      for (Mail more = mail.poll(); more != null; more = mail.poll()) {
        receive(more);
      }
    }
  }

  private void receive(Mail received) {
    switch (received) {
      case Mail.Taken(var records) -> hand.add(records);
      case Mail.Fetched(FetchedJob job) -> hand.fetched(job);
    }
  }

  private void fetch(ConsumerRecord<byte[], byte[]> record, int from) {
    fetches.execute(
        () -> {
          try {
            mail.add(new Mail.Fetched(with.fetcher().fetch(record, from, slots)));
          } catch (InterruptedException e) {
            LOGGER.atDebug().addKeyValue("offset", record.offset()).log("fetch stopped");
          } catch (Throwable e) {
            with.onFailure().accept(e);
          }
        });
  }

  private void publish(Session session, FetchedJob job) throws InterruptedException {
    JobEnded ended = job.completion().job();
    long offset = job.completion().offset();
    Publication out = with.publications().of(session, offset, ended.getAccount());
    int from = out.next();
    try {
      with.publisher().publish(job, out, stop);
    } catch (IOException e) {
      hand.fetchAgain(from);
      throw new UncheckedIOException("what was downloaded can't be read back", e);
    }
    hand.done();
    report(ended);
    JobCleaner cleaner = with.cleaner();
    if (cleaner != null && !stop.isStopped()) {
      fetches.execute(() -> cleaner.clean(ended));
    }
  }

  private void report(JobEnded job) {
    Duration time = Duration.between(job.getEndedAt(), with.clock().instant());
    with.meters().jobDone(job.getAccount(), job.getEnded().name(), time);
    LOGGER
        .atInfo()
        .addKeyValue("batchId", job.getBatchId())
        .addKeyValue("jobId", job.getProviderJobId())
        .addKeyValue("ended", job.getEnded())
        .addKeyValue("sinceEnd", time)
        .log("job published");
  }

  private void dropAll() {
    fetches.shutdownNow();
    try {
      if (!fetches.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        with.onFailure()
            .accept(new IllegalStateException("downloads of " + partition + " do not stop"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Mail left = mail.poll(); left != null; left = mail.poll()) {
      receive(left);
    }
    hand.drop();
  }
}
