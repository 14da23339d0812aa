package dev.offpeak.benchmarks.installation;

import dev.offpeak.benchmarks.load.Broker;
import dev.offpeak.benchmarks.load.Corpus;
import dev.offpeak.benchmarks.load.TopicFiller;
import dev.offpeak.benchmarks.load.TopicReader;
import dev.offpeak.schemas.avro.SealedBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A corpus on its way through an installation, as far as a comparison needs it: sealed batches, or
 * jobs that have ended at the provider. Made when first asked for.
 */
public final class PreparedJobs {

  private final Broker broker;
  private final Installation installation;
  private final Corpus corpus;
  private final List<SealedBatch> batches = new ArrayList<>();
  private long completionsEnd;

  /** Nothing is made yet. */
  public PreparedJobs(Broker broker, Installation installation, Corpus corpus) {
    this.broker = broker;
    this.installation = installation;
    this.corpus = corpus;
  }

  /** Where they are. */
  public Installation installation() {
    return installation;
  }

  /** All requests. */
  public int requests() {
    return corpus.lines();
  }

  /** The batches that hold all requests. */
  public List<SealedBatch> batches() throws Exception {
    if (batches.isEmpty()) {
      installation.createTopics();
      TopicFiller.fill(broker, installation.topics().requests().name(), corpus);
      try (RunningService batcher = installation.batcher()) {
        batches.addAll(new SealedBatches(broker, installation).await(corpus.lines(), batcher));
      }
    }
    return List.copyOf(batches);
  }

  /**
   * Lets all jobs run to their end; answers with the sum of what a group commits that has worked
   * through llm.completions.
   */
  public long endedJobs() throws Exception {
    int jobs = batches().size();
    if (completionsEnd == 0) {
      String completions = installation.topics().completions().name();
      Map<Integer, Long> ends = new HashMap<>();
      try (RunningService submitter = installation.submitter();
          TopicReader reader = new TopicReader(broker, completions)) {
        int[] ended = {0};
        reader.read(
            record -> {
              ended[0]++;
              ends.put(record.partition(), record.offset() + 1);
            },
            () -> {
              submitter.failIfBroken();
              return ended[0] == jobs;
            });
      }
      completionsEnd = ends.values().stream().mapToLong(Long::longValue).sum();
    }
    return completionsEnd;
  }
}
