package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Submitted;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.LimitsConfig;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.submitter.batch.AccountFingerprint;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.ledger.KnownJob;
import dev.offpeak.submitter.partition.PartitionOwner;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten thousand jobs in the ledger of one partition. */
@WithKafka
class BigRebuildIT {

  private static final int JOBS = 10_000;

  private static final Duration START = Patience.LONG;

  @Test
  void liveJobsAreTakenOverInSeconds(TestKafka kafka) throws Exception {
    URI nobody = URI.create("http://127.0.0.1:9/v1");
    try (Installation installation = new Installation(kafka, 1);
        Submitters submitters = new Submitters(installation, nobody)) {
      AccountFingerprint mark = mark(nobody);
      installation.leave(0, jobs(mark, "B", i -> submitted("batch_" + i)));

      SubmitterService service = submitters.start();

      await()
          .atMost(START)
          .untilAsserted(
              () -> {
                assertThat(service.owners()).allMatch(PartitionOwner::isReady).hasSize(1);
                assertThat(jobs(submitters, "submitted")).isEqualTo(JOBS);
              });
    }
  }

  @Test
  void waitingBatchesAreTakenOverInSecondsAndANewOneIsSeen(TestKafka kafka) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults());
        Installation installation = new Installation(kafka, 1);
        Submitters submitters = new Submitters(installation, simulator)) {
      String taken = installation.seal(3);
      Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
      installation.leave(
          0,
          jobs(
              AccountFingerprint.NONE,
              taken,
              _ -> new Sealed(new Header(1, Instant.now()), tomorrow)));
      submitters.limit(new LimitsConfig(null, null, null, null, null, 1, null, null, null));

      var _ = submitters.start();
      await()
          .atMost(START)
          .untilAsserted(() -> assertThat(jobs(submitters, "sealed")).isEqualTo(JOBS));
      String fresh = installation.seal(3);

      await()
          .atMost(START)
          .untilAsserted(
              () ->
                  assertThat(installation.ends())
                      .extracting(JobEnded::getBatchId)
                      .containsExactly(fresh));
    }
  }

  private static double jobs(Submitters submitters, String state) {
    return submitters.meters().get("offpeak.submitter.jobs").tag("state", state).gauge().value();
  }

  private static JobState submitted(String jobId) {
    return new Submitted(
        new Header(1, Instant.now().minusSeconds(3_600)), "file", jobId, "in_progress", null, 1, 2);
  }

  /**
   * All at the first offset of llm.batches, so that the next one is new.
   *
   * @param last id of the last one: of the batch that stands at that offset, or else the ledger is
   *     of another topic
   */
  private static List<KnownJob> jobs(
      AccountFingerprint mark, String last, Function<Integer, JobState> state) {
    return IntStream.range(0, JOBS)
        .mapToObj(
            i ->
                new KnownJob(
                    new BatchPlace(
                        i == JOBS - 1 ? last : "B" + i,
                        0,
                        0,
                        Installation.LANE.scope(),
                        Installation.LANE,
                        100,
                        10_000,
                        2_500,
                        null,
                        Instant.now()),
                    mark,
                    state.apply(i)))
        .toList();
  }

  private static AccountFingerprint mark(URI baseUrl) {
    Account account =
        Accounts.of(
                Installation.account(Provider.OPENAI, baseUrl, "sk-test", LimitsConfig.NONE),
                BuiltInProviders.PROFILES)
            .find("main")
            .orElseThrow();
    return new AccountFingerprint(account.baseUrl().toString(), account.keyDigest());
  }
}
