package dev.offpeak.results.completions.job;

import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.results.shared.metric.ResultsMeters;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.record.RecordFault;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches jobs for as long as it takes while the provider, the broker or the disk is away, and for
 * a bounded time when it is the job's own fault. Safe to use from many threads, one for each job.
 */
public final class RetryingFetcher {

  private static final Logger LOGGER = LoggerFactory.getLogger(RetryingFetcher.class);

  private final Deserializer<JobEnded> jobs;
  private final JobFetcher fetcher;
  private final Duration patience;
  private final Duration delivery;
  private final Retries retries;
  private final Sleeper sleeper;
  private final Clock clock;
  private final ResultsMeters meters;

  /**
   * Tries again and again what that fetcher tries once.
   *
   * @param patience how long lines that are missing from a job's results are waited for
   * @param delivery how long results are waited for that the provider does not deliver
   */
  public RetryingFetcher(
      Deserializer<JobEnded> jobs,
      JobFetcher fetcher,
      Duration patience,
      Duration delivery,
      Retries retries,
      Sleeper sleeper,
      Clock clock,
      ResultsMeters meters) {
    this.jobs = jobs;
    this.fetcher = fetcher;
    this.patience = patience;
    this.delivery = delivery;
    this.retries = retries;
    this.sleeper = sleeper;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * The job with its results, or the record as one that can't be processed; to be closed by the
   * caller.
   *
   * @param record of llm.completions
   * @param from requests before this index have their outcomes already
   * @param slots one is held by the job until it is closed
   * @throws InterruptedException when told to stop
   */
  public DecodedCompletion fetch(
      ConsumerRecord<byte[], byte[]> record, int from, DownloadSlots slots)
      throws InterruptedException {
    String place = record.topic() + "-" + record.partition() + "@" + record.offset();
    try {
      FetchDoubts doubts = new FetchDoubts(clock.instant(), patience, delivery, clock);
      JobEnded job = insist(place, doubts, _ -> read(record));
      Fetch fetch = new Fetch(new Completion(record.offset(), job), from, slots);
      return insist(
          "batch " + job.getBatchId(),
          new FetchDoubts(job.getEndedAt(), patience, delivery, clock),
          fetch::tryOnce);
    } catch (Unprocessable e) {
      LOGGER
          .atError()
          .setCause(e.getCause())
          .addKeyValue("record", place)
          .addKeyValue("problem", e.getMessage())
          .log("record can't be processed: its requests get no outcome of their own");
      meters.unprocessable();
      return new BadCompletion(record, String.valueOf(e.getMessage()));
    }
  }

  private JobEnded read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      throw new SerializationException("it has no value");
    }
    return jobs.deserialize(record.topic(), record.value());
  }

  /** Something that may not work yet. */
  private interface Attempt<T> {

    T run(FetchMode look)
        throws RetryLater, ResultsGone, ResultsLacking, IOException, InterruptedException;
  }

  /** It will never work. */
  private static final class Unprocessable extends Exception {

    private static final long serialVersionUID = 1L;

    Unprocessable(String words, Throwable cause) {
      super(words, cause);
    }
  }

  private <T> T insist(String work, FetchDoubts doubts, Attempt<T> attempt)
      throws InterruptedException, Unprocessable {
    return new Retry(work, retries, sleeper).until(() -> tryOnce(doubts, attempt));
  }

  private static <T> T tryOnce(FetchDoubts doubts, Attempt<T> attempt)
      throws RetryLater, InterruptedException, Unprocessable {
    try {
      return attempt.run(doubts.next());
    } catch (RetryLater e) {
      throw e.isUndelivered() ? doubts.undelivered(e) : e;
    } catch (ResultsGone e) {
      throw doubts.gone(e);
    } catch (ResultsLacking e) {
      throw doubts.lacking(e);
    } catch (IOException e) {
      throw RetryLater.soon(e);
    } catch (RuntimeException | StackOverflowError e) {
      throw broken(doubts, e);
    }
  }

  private static RetryLater broken(FetchDoubts doubts, Throwable e) throws Unprocessable {
    if (!RecordFault.isOnRecord(e)) {
      return RetryLater.soon(RecordFault.words(e));
    }
    RetryLater problem = doubts.broken(RecordFault.words(e));
    if (problem == null) {
      throw new Unprocessable(RecordFault.words(e), e);
    }
    return problem;
  }

  /** The tries of one job. */
  private final class Fetch {

    private final Completion completion;
    private final int from;
    private final DownloadSlots slots;

    Fetch(Completion completion, int from, DownloadSlots slots) {
      this.completion = completion;
      this.from = from;
      this.slots = slots;
    }

    FetchedJob tryOnce(FetchMode look)
        throws RetryLater, ResultsGone, ResultsLacking, IOException, InterruptedException {
      DownloadSlots.Slot slot = slots.take();
      boolean kept = false;
      try {
        FetchedJob job = fetcher.fetch(completion, from, look, slot);
        kept = true;
        return job;
      } finally {
        if (!kept) {
          slot.close();
          meters.fetchFailed(completion.job().getAccount());
        }
      }
    }
  }
}
