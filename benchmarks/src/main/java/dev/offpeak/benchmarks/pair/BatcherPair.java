package dev.offpeak.benchmarks.pair;

import dev.offpeak.benchmarks.installation.Installation;
import dev.offpeak.benchmarks.installation.RunningService;
import dev.offpeak.benchmarks.installation.SealedBatches;
import dev.offpeak.benchmarks.load.Broker;
import dev.offpeak.benchmarks.load.Corpus;
import dev.offpeak.benchmarks.load.TopicFiller;
import dev.offpeak.benchmarks.measure.Aim;
import dev.offpeak.benchmarks.measure.Comparison;
import dev.offpeak.benchmarks.measure.Pair;
import dev.offpeak.benchmarks.measure.Stopwatch;
import dev.offpeak.benchmarks.measure.Wait;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Requests become sealed batches, against a plain exactly-once Streams copy of the same records.
 * Both are timed from the first record that they write to the commit of the last that they read, so
 * that starting up does not count.
 */
public final class BatcherPair implements Pair {

  private final Broker broker;
  private final Corpus corpus;
  private final IntFunction<Installation> installations;
  private Installation installation;

  /**
   * A pair that works on that corpus.
   *
   * @param installations one for each round
   */
  public BatcherPair(Broker broker, Corpus corpus, IntFunction<Installation> installations) {
    this.broker = broker;
    this.corpus = corpus;
    this.installations = installations;
    this.installation = installations.apply(0);
  }

  @Override
  public Comparison comparison() {
    return new Comparison(
        "batcher: requests to sealed batches",
        "exactly-once Streams copy of the requests",
        new Aim.SpeedAtLeast(0.6));
  }

  @Override
  public void prepare(int round) throws Exception {
    if (round > 0) {
      close();
    }
    installation = installations.apply(round);
    installation.createTopics();
    broker.createTopic(copy());
    TopicFiller.fill(broker, requests(), corpus);
  }

  private String requests() {
    return installation.topics().requests().name();
  }

  /** Named like the installation's topics, so that it goes with them. */
  private String copy() {
    return requests() + ".copy";
  }

  @Override
  public double raw() throws Exception {
    var tuning = installation.streams(copy());
    try (KafkaStreams _ = PlainCopy.start(broker, tuning, requests(), copy())) {
      Wait.until("the copy begins", () -> broker.written(copy()) > 0);
      Stopwatch watch = Stopwatch.started();
      Wait.until("all is copied", () -> broker.committed(copy(), requests()) == corpus.lines());
      return watch.seconds();
    }
  }

  @Override
  public double ours() throws Exception {
    String lanes = installation.topics().lanes().name();
    try (RunningService batcher = installation.batcher()) {
      Wait.until("the batcher begins", () -> broker.written(lanes) > 0);
      Stopwatch watch = Stopwatch.started();
      new SealedBatches(broker, installation).await(corpus.lines(), batcher);
      return watch.seconds();
    }
  }

  @Override
  public void close() throws ExecutionException, InterruptedException {
    installation.deleteTopics();
  }
}
