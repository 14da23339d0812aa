package dev.offpeak.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.system.chaos.Campaign;
import dev.offpeak.system.chaos.ProviderFaults;
import dev.offpeak.system.chaos.Torment;
import dev.offpeak.system.load.SteadyLoad;
import dev.offpeak.system.proof.Findings;
import dev.offpeak.system.proof.Outcomes;
import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Tuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services and broker are killed, frozen and restarted by seed, with several instances of each
 * service, while requests come in and the provider loses answers. In the end each request has one
 * outcome and was billed once. {@code -Doffpeak.seed=... -Doffpeak.minutes=120} and the like set
 * what is done; what was done is printed.
 */
class KillingIT {

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Duration PACE = Duration.ofMillis(100);

  /** A second outcome would come soon after the first. */
  private static final Duration LATECOMERS = Duration.ofSeconds(5);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void whateverDiesEachRequestHasOneOutcomeAndIsBilledOnce() throws Exception {
    Campaign campaign = Campaign.ofCommandLine();
    System.out.println("campaign in " + folder + ": " + campaign.replay());
    long began = System.nanoTime();
    Tuning tuning =
        Tuning.FAST.withLinger(campaign.linger()).withStaticMembers(campaign.seed() % 2 == 0);
    Path faults = folder.resolve("faults.yaml");
    Files.writeString(faults, ProviderFaults.of(campaign.slow()));
    try (Installation installation =
        new Installation(
            folder,
            tuning,
            List.of("--seed", Long.toString(campaign.seed()), "--faults", faults.toString()))) {
      for (int i = 0; i < campaign.instances(); i++) {
        installation.startOneOfEach();
      }
      Findings findings = torment(installation, campaign);
      System.out.printf(
          "seed %d: %d requests, %d s: %s%n",
          campaign.seed(),
          campaign.requests(),
          (System.nanoTime() - began) / 1_000_000_000,
          findings.figures());
      assertThat(findings.violations()).as(campaign.replay()).isEmpty();
    }
  }

  private Findings torment(Installation installation, Campaign campaign) throws Exception {
    try (Torment torment = new Torment(installation.processes());
        SteadyLoad load =
            new SteadyLoad(
                installation, "k" + campaign.seed(), campaign.requests(), campaign.urgentEvery());
        Outcomes outcomes = new Outcomes(installation.addresses())) {
      CompletableFuture<Void> sent = load.begin(campaign.time());
      CompletableFuture<Void> struck =
          torment.begin(campaign.seed(), campaign.blows(), campaign.time());
      List<String> ended = new ArrayList<>();
      await()
          .atMost(campaign.time().plus(PATIENCE))
          .pollInterval(PACE)
          .until(
              () -> {
                outcomes.read();
                ended.addAll(installation.startAgainWhatHasEnded());
                return sent.isDone() && struck.isDone();
              });
      sent.join();
      struck.join();
      int faults = installation.simulator().faultsMet();
      installation.simulator().clearFaults();
      await()
          .atMost(campaign.slow().plus(PATIENCE))
          .pollInterval(PACE)
          .untilAsserted(
              () -> {
                outcomes.read();
                ended.addAll(installation.startAgainWhatHasEnded());
                assertThat(outcomes.missing(load.customIds())).isEmpty();
              });
      await().during(LATECOMERS).atMost(PATIENCE).until(() -> outcomes.read() > 0);
      assertThat(load.producerErrors()).as("records that Kafka did not take").isZero();
      System.out.printf(
          "%s, not stopped in order %s, ended by themselves %s, faults met %d, refusals over HTTP"
              + " %d%n",
          torment.dealt(), torment.notInGoodOrder(), ended, faults, load.refusals());
      return Findings.of(installation, outcomes, load.customIds());
    }
  }
}
