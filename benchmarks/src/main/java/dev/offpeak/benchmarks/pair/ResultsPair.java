package dev.offpeak.benchmarks.pair;

import dev.offpeak.benchmarks.installation.Installation;
import dev.offpeak.benchmarks.installation.PreparedJobs;
import dev.offpeak.benchmarks.installation.RunningService;
import dev.offpeak.benchmarks.load.Broker;
import dev.offpeak.benchmarks.load.TopicReader;
import dev.offpeak.benchmarks.measure.Aim;
import dev.offpeak.benchmarks.measure.Comparison;
import dev.offpeak.benchmarks.measure.Pair;
import dev.offpeak.benchmarks.measure.Stopwatch;
import dev.offpeak.benchmarks.measure.Wait;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The results of ended jobs are fetched from the simulator, joined with their requests and
 * published; against a transactional producer that writes the same records in the same chunks.
 */
public final class ResultsPair implements Pair {

  private final Broker broker;
  private final PreparedJobs jobs;
  private final List<ConsumerRecord<byte[], byte[]>> outcomes = new ArrayList<>();

  /** A pair that works on those jobs. */
  public ResultsPair(Broker broker, PreparedJobs jobs) {
    this.broker = broker;
    this.jobs = jobs;
  }

  @Override
  public Comparison comparison() {
    return new Comparison(
        "results: fetch, join and publish",
        "transactional producer of the same outcomes",
        new Aim.SpeedAtLeast(0.7));
  }

  @Override
  public void prepare(int round) throws Exception {
    if (round == 0) {
      jobs.endedJobs();
      broker.createTopic(copy());
      ours();
      keepOutcomesOfOneBatch();
    }
  }

  private String copy() {
    return results() + ".copy";
  }

  private String results() {
    return jobs.installation().topics().results().name();
  }

  /** All would not fit in memory, and those of one batch are as good. */
  private void keepOutcomesOfOneBatch() throws Exception {
    int wanted = jobs.batches().getFirst().getRequests();
    try (TopicReader reader = new TopicReader(broker, results())) {
      reader.read(outcomes::add, () -> outcomes.size() >= wanted);
    }
  }

  @Override
  public double raw() throws Exception {
    var producer = new RawOutcomes(broker, copy(), jobs.installation().chunks());
    return producer.write(outcomes, jobs.requests());
  }

  @Override
  public double ours() throws Exception {
    Installation installation = jobs.installation();
    String group = installation.resultsGroup();
    String completions = installation.topics().completions().name();
    long end = jobs.endedJobs();
    long before = broker.written(results());
    double seconds;
    try (RunningService results = installation.results()) {
      Wait.until("the first outcome is written", () -> broker.written(results()) > before);
      Stopwatch watch = Stopwatch.started();
      Wait.until(
          "all outcomes are published",
          () -> {
            results.failIfBroken();
            return broker.committed(group, completions) >= end;
          });
      seconds = watch.seconds();
    }
    broker.forget(group);
    return seconds;
  }
}
