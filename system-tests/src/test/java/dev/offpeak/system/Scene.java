package dev.offpeak.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.system.load.KafkaLoad;
import dev.offpeak.system.load.Question;
import dev.offpeak.system.proof.Billing;
import dev.offpeak.system.proof.Findings;
import dev.offpeak.system.proof.Groups;
import dev.offpeak.system.proof.JobStates;
import dev.offpeak.system.proof.Outcomes;
import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Kind;
import dev.offpeak.system.world.Member;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A small installation, what was asked of it, and what came of it. */
final class Scene implements AutoCloseable {

  static final Duration PATIENCE = Patience.LONG;

  /** Whatever is done twice would be done soon. */
  private static final Duration A_WHILE = Duration.ofSeconds(8);

  private final Installation installation;
  private final Groups groups;
  private final Outcomes outcomes;
  private final List<String> sent = new ArrayList<>();

  /** Of an installation whose batcher and results-service run, so that all topics are there. */
  Scene(Installation installation) {
    this.installation = installation;
    this.groups = new Groups(installation.addresses());
    this.outcomes = new Outcomes(installation.addresses());
  }

  /** Asks ten questions of each of these models. */
  void ask(String run, String... models) {
    try (KafkaLoad kafka = new KafkaLoad(installation.addresses().kafka())) {
      for (String model : models) {
        for (Question question : Question.about(run, model, 10)) {
          kafka.send(question);
          sent.add(question.customId());
        }
      }
      kafka.flush();
      assertThat(kafka.errors()).as("records that Kafka did not take").isZero();
    }
  }

  /** How many requests were sent. */
  int asked() {
    return sent.size();
  }

  /** The submitter that was added as the first, second, ... */
  Member submitter(int number) {
    return installation.of(Kind.SUBMITTER).get(number - 1).member();
  }

  Groups groups() {
    return groups;
  }

  /** Waits until so many calls have met a fault of the simulator. */
  void awaitFaults(int count) {
    await("faults met")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(installation.simulator().faultsMet()).isEqualTo(count));
  }

  /** Waits until so many creates have taken effect. */
  void awaitCreates(int count) {
    await("creates").atMost(PATIENCE).untilAsserted(() -> assertThat(creates()).isEqualTo(count));
  }

  /** Creates that have taken effect. */
  long creates() throws Exception {
    return installation.simulator().summary().path("creates").asLong();
  }

  /** Waits until a submitter has recorded that it is about to create a job. */
  void awaitIntent() {
    try (JobStates jobs = new JobStates(installation.addresses())) {
      await("the intent")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(jobs.read()).containsValue(JobStateName.CREATING));
    }
  }

  /** Waits until the batcher, since its start, has found so many requests to be known. */
  void awaitDuplicates(int count) {
    await("duplicates")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        installation
                            .of(Kind.BATCHER)
                            .getFirst()
                            .metric("offpeak_batcher_duplicates_requests_total"))
                    .isEqualTo(count));
  }

  /** Waits until everything that was asked has an outcome. */
  void awaitOutcomes() {
    await("outcomes")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(outcomes.read()).isEqualTo(sent.size()));
  }

  /** Whether all that was asked in that run has an outcome within a while. */
  boolean hasOutcomesSoon(String run) {
    long until = System.nanoTime() + A_WHILE.toNanos();
    while (outcomes.read() >= 0 && !missingOf(run).isEmpty()) {
      if (System.nanoTime() > until) {
        return false;
      }
    }
    return true;
  }

  /** What was asked in that run and has no outcome so far. */
  List<String> missingOf(String run) {
    return outcomes.missing(sent.stream().filter(id -> id.startsWith(run + "-")).toList());
  }

  /** Waits until that many submitters share the partitions, and all of them work. */
  void awaitSubmitters(int members) {
    await("members of the submitters' group")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(groups.partitionsByMember("offpeak-submitter"))
                  .hasSize(members)
                  .doesNotContainValue(0);
              assertThat(installation.of(Kind.SUBMITTER))
                  .filteredOn(instance -> instance.member().isRunning())
                  .allMatch(instance -> instance.member().isReady());
            });
  }

  /** What there is to be said against it; waits a while for what may still come. */
  List<String> violations() throws Exception {
    long until = System.nanoTime() + A_WHILE.toNanos();
    await().atMost(PATIENCE).until(() -> outcomes.read() >= 0 && System.nanoTime() > until);
    return Findings.of(installation, outcomes, sent).violations();
  }

  /** Executions at the provider. */
  int executions() throws Exception {
    return Billing.of(installation.simulator()).executions();
  }

  /** Waits for a violation that is expected, read with the outcomes so far. */
  void awaitTrouble(Callable<Boolean> trouble) {
    await("the violation").atMost(PATIENCE).until(() -> outcomes.read() >= 0 && trouble.call());
  }

  /** Whether a custom id has two outcomes. */
  boolean hasDoubledOutcome() {
    return !outcomes.more().isEmpty();
  }

  @Override
  public void close() {
    outcomes.close();
    groups.close();
  }
}
