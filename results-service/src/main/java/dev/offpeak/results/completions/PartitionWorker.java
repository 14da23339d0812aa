package dev.offpeak.results.completions;

import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.results.completions.job.BadCompletion;
import dev.offpeak.results.completions.job.DecodedCompletion;
import dev.offpeak.results.completions.job.DownloadSlots;
import dev.offpeak.results.completions.job.FetchedJob;
import dev.offpeak.results.completions.job.JobCleaner;
import dev.offpeak.results.shared.partition.PartitionWork;
import dev.offpeak.results.shared.publish.Progress;
import dev.offpeak.results.shared.publish.Publication;
import dev.offpeak.results.shared.publish.PublishSession;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the jobs of one partition of llm.completions: each is fetched on a thread of its own,
 * and published by the partition's thread as soon as it is there.
 */
public final class PartitionWorker implements PartitionWork {

  private static final Logger LOGGER = LoggerFactory.getLogger(PartitionWorker.class);

  /** One job is published while the next one downloads. */
  private static final int SLOTS = 2;

  /** Time to commit a chunk; Kafka's transaction would be aborted a little later anyway. */
  public static final Duration GRACE = Duration.ofSeconds(10);

  private final TopicPartition partition;
  private final CompletionDependencies with;
  private final StopSignal stop;
  private final DownloadSlots slots;
  private final ExecutorService fetches;
  private final BlockingQueue<WorkerMessage> mail = new LinkedBlockingQueue<>();
  private final AtomicInteger notBegun = new AtomicInteger();
  private final JobsInProgress hand = new JobsInProgress(this::fetch);

  /** Work that has not begun. */
  public PartitionWorker(TopicPartition partition, CompletionDependencies with, StopSignal stop) {
    this.partition = partition;
    this.with = with;
    this.stop = stop;
    this.slots = new DownloadSlots(new Semaphore(SLOTS, true), with.slots());
    this.fetches =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("fetch-" + partition.partition() + "-", 0).factory());
  }

  @Override
  public void take(List<ConsumerRecord<byte[], byte[]>> records) {
    notBegun.addAndGet(records.size());
    mail.add(new WorkerMessage.Taken(records));
  }

  @Override
  public boolean wantsMore() {
    return notBegun.get() == 0;
  }

  /** After the current request. */
  @Override
  public void receive() throws InterruptedException {
    receive(stop.await(mail::take));
  }

  @Override
  public void serve(PublishSession session) throws InterruptedException {
    stop.check();
    Progress progress = session.progress();
    hand.resume(progress);
    while (true) {
      notBegun.addAndGet(-hand.begin(progress));
      DecodedCompletion job = hand.ready();
      if (job != null) {
        publish(session, job);
      } else if (hand.isEmpty()) {
        return;
      } else {
        receive();
      }
      stop.check();
      for (WorkerMessage more = mail.poll(); more != null; more = mail.poll()) {
        receive(more);
      }
    }
  }

  private void receive(WorkerMessage received) {
    switch (received) {
      case WorkerMessage.Taken(var records) -> hand.add(records);
      case WorkerMessage.Fetched(DecodedCompletion job) -> hand.fetched(job);
    }
  }

  private void fetch(ConsumerRecord<byte[], byte[]> record, int from) {
    fetches.execute(
        () -> {
          try {
            mail.add(new WorkerMessage.Fetched(with.fetcher().fetch(record, from, slots)));
          } catch (InterruptedException e) {
            LOGGER.atDebug().addKeyValue("offset", record.offset()).log("fetch stopped");
          } catch (Throwable e) {
            with.onFailure().accept(e);
          }
        });
  }

  private void publish(PublishSession session, DecodedCompletion arrival)
      throws InterruptedException {
    switch (arrival) {
      case FetchedJob job -> publish(session, job);
      case BadCompletion bad -> {
        with.publisher().publish(bad, with.publications().of(session, bad.offset(), ""));
        hand.done();
      }
    }
  }

  private void publish(PublishSession session, FetchedJob job) throws InterruptedException {
    JobEnded ended = job.completion().job();
    long offset = job.completion().offset();
    Publication out = with.publications().of(session, offset, ended.getAccount());
    int from = out.next();
    boolean delivered;
    try {
      delivered = with.publisher().publish(job, out, stop);
    } catch (IOException e) {
      hand.fetchAgain(from);
      throw new UncheckedIOException("what was downloaded can't be read back", e);
    }
    hand.done();
    report(ended);
    JobCleaner cleaner = with.cleaner();
    if (cleaner != null && !stop.isStopped()) {
      fetches.execute(() -> clean(cleaner, ended, delivered && job.isDelivered()));
    }
  }

  private static void clean(JobCleaner cleaner, JobEnded job, boolean delivered) {
    try {
      var _ = cleaner.clean(job, delivered);
    } catch (InterruptedException e) {
      LOGGER.atDebug().addKeyValue("batchId", job.getBatchId()).log("deletion stopped");
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

  @Override
  public void drop() {
    fetches.shutdownNow();
    try {
      if (!fetches.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        with.onFailure()
            .accept(new IllegalStateException("downloads of " + partition + " do not stop"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (WorkerMessage left = mail.poll(); left != null; left = mail.poll()) {
      receive(left);
    }
    hand.drop();
  }
}
