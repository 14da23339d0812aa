package dev.offpeak.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.system.load.HttpLoad;
import dev.offpeak.system.load.KafkaLoad;
import dev.offpeak.system.load.Question;
import dev.offpeak.system.proof.AuditRun;
import dev.offpeak.system.proof.Billing;
import dev.offpeak.system.proof.Groups;
import dev.offpeak.system.proof.Outcomes;
import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Instance;
import dev.offpeak.system.world.Kind;
import dev.offpeak.system.world.Tuning;
import dev.offpeak.testkit.time.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The four services as four processes from their own mains, with a broker, a real Apicurio Registry
 * and the simulator; then a second instance of each, which takes over part of the work.
 */
class SplitProcessesIT {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int REQUESTS = 360;

  /** Work that only an instance that takes part does. */
  private static final Map<Kind, String> WORK =
      Map.of(
          Kind.INGEST, "offpeak_ingest_lines_total",
          Kind.BATCHER, "offpeak_batcher_assembled_requests_total",
          Kind.SUBMITTER, "offpeak_submitter_ended_jobs_total",
          Kind.RESULTS, "offpeak_results_outcomes_requests_total");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final List<String> sent = new ArrayList<>();

  @Test
  void fourProcessesDoTheWorkAndSecondInstancesTakeOverPartOfIt() throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      installation.startOneOfEach();
      try (Outcomes outcomes = new Outcomes(installation.addresses())) {
        send(installation, REQUESTS);
        awaitAll(outcomes);

        installation.startOneOfEach();
        awaitShared(installation);
        send(installation, REQUESTS);
        awaitAll(outcomes);

        outcomes.assertEachOnce(sent);
        assertThat(outcomes.failureCodes()).isEmpty();
      }
      assertEveryInstanceWorked(installation);
      assertThat(Billing.of(installation.simulator()).billedTwice()).isEmpty();
      AuditRun audit = AuditRun.of(installation);
      assertThat(audit.exitCode()).as(() -> audit.report().toPrettyString()).isZero();
      assertThat(audit.count("settled")).isEqualTo(2L * REQUESTS);
    }
  }

  /** Half of them through Kafka, half over HTTP. */
  private void send(Installation installation, int count) {
    HttpLoad http = new HttpLoad(installation);
    try (KafkaLoad kafka = new KafkaLoad(installation.addresses().kafka())) {
      for (int i = 0; i < count; i++) {
        Question question = new Question("split", sent.size());
        sent.add(question.customId());
        if (i < count / 2) {
          kafka.send(question);
        } else {
          http.send(question);
        }
      }
      kafka.flush();
      assertThat(kafka.errors()).as("records that Kafka did not take").isZero();
    }
  }

  private void awaitAll(Outcomes outcomes) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(outcomes.read()).isEqualTo(sent.size()));
  }

  private static void awaitShared(Installation installation) {
    try (Groups groups = new Groups(installation.addresses())) {
      for (String group : Groups.ALL) {
        await(group)
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(groups.partitionsByMember(group))
                        .hasSize(2)
                        .allSatisfy((member, partitions) -> assertThat(partitions).isPositive()));
      }
    }
  }

  private static void assertEveryInstanceWorked(Installation installation) throws Exception {
    for (Instance instance : installation.all()) {
      assertThat(instance.metric(WORK.get(instance.kind())))
          .as(instance.member().name() + ": " + WORK.get(instance.kind()))
          .isPositive();
    }
  }
}
