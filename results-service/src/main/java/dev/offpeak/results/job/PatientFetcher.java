package dev.offpeak.results.job;

import dev.offpeak.results.metric.ResultsMeters;
import dev.offpeak.results.wait.NotYet;
import dev.offpeak.results.wait.Patience;
import dev.offpeak.results.wait.Retries;
import dev.offpeak.runtime.time.Sleeper;
import dev.offpeak.schemas.avro.JobEnded;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Fetches jobs for as long as it takes. Safe to use from many threads, one for each job. */
public final class PatientFetcher {

  /** A 404 just after a job's end can be wrong (PROVIDERS.md E), so it must be repeated. */
  private static final int GONE_TRIES = 5;

  private final Deserializer<JobEnded> jobs;
  private final JobFetcher fetcher;
  private final Retries retries;
  private final Sleeper sleeper;
  private final ResultsMeters meters;

  /** Tries again and again what that fetcher tries once. */
  public PatientFetcher(
      Deserializer<JobEnded> jobs,
      JobFetcher fetcher,
      Retries retries,
      Sleeper sleeper,
      ResultsMeters meters) {
    this.jobs = jobs;
    this.fetcher = fetcher;
    this.retries = retries;
    this.sleeper = sleeper;
    this.meters = meters;
  }

  /**
   * The job with its results, to be closed by the caller.
   *
   * @param record of llm.completions
   * @param from requests before this index have their outcomes already
   * @param slots one is held by the job until it is closed
   * @throws InterruptedException when told to stop
   */
  public FetchedJob fetch(ConsumerRecord<byte[], byte[]> record, int from, Slots slots)
      throws InterruptedException {
    String place = record.topic() + "-" + record.partition() + "@" + record.offset();
    JobEnded job = insist(place, () -> jobs.deserialize(record.topic(), record.value()));
    Fetch fetch = new Fetch(new Completion(record.offset(), job), from, slots);
    return insist("batch " + job.getBatchId(), fetch::tryOnce);
  }

  /** Something that may not work yet. */
  private interface Attempt<T> {

    T run() throws NotYet, IOException, InterruptedException;
  }

  private <T> T insist(String work, Attempt<T> attempt) throws InterruptedException {
    Patience patience = new Patience(work, retries, sleeper);
    try {
      for (int retry = 0; ; retry++) {
        NotYet problem;
        try {
          return attempt.run();
        } catch (NotYet e) {
          problem = e;
        } catch (IOException | RuntimeException e) {
          problem = NotYet.soon(e);
        }
        patience.after(retry, problem);
      }
    } finally {
      patience.over();
    }
  }

  /** The tries of one job. */
  private final class Fetch {

    private final Completion completion;
    private final int from;
    private final Slots slots;
    private int gone;

    Fetch(Completion completion, int from, Slots slots) {
      this.completion = completion;
      this.from = from;
      this.slots = slots;
    }

    FetchedJob tryOnce() throws NotYet, IOException, InterruptedException {
      Slots.Slot slot = slots.take();
      boolean kept = false;
      try {
        FetchedJob job = fetcher.fetch(completion, from, gone + 1 >= GONE_TRIES, slot);
        kept = true;
        return job;
      } catch (ResultsGone e) {
        gone++;
        throw NotYet.soon(String.valueOf(e.getMessage()));
      } finally {
        if (!kept) {
          slot.close();
          meters.fetchFailed(completion.job().getAccount());
        }
      }
    }
  }
}
