package dev.offpeak.results.completions.job;

import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.results.shared.lane.LaneRequests;
import dev.offpeak.results.shared.lane.PlaceReaders;
import dev.offpeak.results.shared.metric.OutcomeKind;
import dev.offpeak.results.shared.outcome.OutcomeRecords;
import dev.offpeak.results.shared.publish.Publication;
import dev.offpeak.schemas.reading.PositionReader;
import dev.offpeak.schemas.topic.Topics;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.TopicPartition;

/** Publishes the outcomes of fetched jobs. Safe to use from many threads. */
public final class JobPublisher {

  private final Topics topics;
  private final PlaceReaders places;
  private final LaneRequests requests;
  private final OutcomeRecords outcomes;
  private final Semaphore heavy;
  private final Clock clock;

  /**
   * A publisher that reads and writes these topics.
   *
   * @param heavy lets as many pass at the same time that have an answer of many megabytes in hand
   */
  public JobPublisher(
      Topics topics,
      PlaceReaders places,
      LaneRequests requests,
      OutcomeRecords outcomes,
      Semaphore heavy,
      Clock clock) {
    this.topics = topics;
    this.places = places;
    this.requests = requests;
    this.outcomes = outcomes;
    this.heavy = heavy;
    this.clock = clock;
  }

  /**
   * Publishes the outcomes that the job's requests do not have yet, to the end.
   *
   * @return whether it is sure that nothing stays in the job's results that was not delivered
   * @throws InterruptedException when told to stop; what was sent is committed
   * @throws IOException when what was fetched can't be read any more
   */
  public boolean publish(FetchedJob job, Publication out, StopSignal stop)
      throws InterruptedException, IOException {
    // What an earlier process published of it nobody knows any more.
    boolean delivered = out.next() == 0;
    if (out.next() < job.findings().work().manifest().size()) {
      var partition = new TopicPartition(topics.lanes().name(), job.facts().partition());
      try (PositionReader<byte[]> lanes = places.open(partition)) {
        var pass =
            new OutcomePass(job, requests, outcomes, topics.retries().name(), heavy, clock, out);
        pass.run(lanes, stop);
        delivered &= pass.deliversAll();
      }
    }
    out.finish();
    return delivered;
  }

  /** Publishes one failure for a record that can't be processed. */
  public void publish(BadCompletion bad, Publication out) throws InterruptedException {
    out.send(outcomes.unprocessable(bad.record(), bad.problem()), OutcomeKind.FAILED_PROVIDER);
    out.finish();
  }
}
