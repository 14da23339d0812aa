package dev.offpeak.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.system.load.KafkaLoad;
import dev.offpeak.system.load.Question;
import dev.offpeak.system.matrix.Column;
import dev.offpeak.system.matrix.Page;
import dev.offpeak.system.matrix.Row;
import dev.offpeak.system.proof.Billing;
import dev.offpeak.system.proof.Outcomes;
import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Kind;
import dev.offpeak.system.world.Member;
import dev.offpeak.system.world.Tuning;
import dev.offpeak.testkit.time.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole matrix: each place where a process can be killed and each call that can go wrong, at
 * each provider, one after the other on one installation. Each cell is judged by the outcomes as a
 * user reads them and by the provider's ledger. It takes about a quarter of an hour and writes each
 * cell into docs/never-twice.md: {@code ./mvnw verify -Psystem-tests -Doffpeak.matrix=true
 * -Dit.test=FailpointMatrixIT}.
 */
@EnabledIfSystemProperty(named = "offpeak.matrix", matches = "true")
class FailpointMatrixIT {

  private static final Duration PATIENCE = Patience.LONG;
  private static final Path DOCS = Path.of("../docs/never-twice.md");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final Page page = new Page();
  private final List<String> violations = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();

  @Test
  void inEachCellEachRequestHasOneOutcomeAndIsExecutedOnce() throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      installation.start(Kind.BATCHER, Kind.SUBMITTER, Kind.RESULTS);
      try (Outcomes outcomes = new Outcomes(installation.addresses());
          KafkaLoad kafka = new KafkaLoad(installation.addresses().kafka())) {
        for (Row row : Row.all()) {
          for (Column column : Column.values()) {
            if (row.existsAt(column)) {
              run(installation, row, column, outcomes, kafka);
            } else {
              page.put(row, column, "no files");
            }
          }
        }
        outcomes.assertEachOnce(sent);
      }
    }
    assertThat(violations).isEmpty();
  }

  private void run(
      Installation installation, Row row, Column column, Outcomes outcomes, KafkaLoad kafka)
      throws Exception {
    int before = Billing.of(installation.simulator()).executions();
    long creates = creates(installation);
    Integer filesBefore = column.inputFiles(installation.simulator());
    if (!row.faults().isEmpty()) {
      installation.simulator().addFaults(row.rules(column));
    }
    Kind killed = row.killed();
    Member victim = killed == null ? null : installation.of(killed).getFirst().member();
    if (victim != null) {
      victim.terminate();
      victim.put("OFFPEAK_FAILPOINT", row.failpoint());
      victim.start();
      victim.awaitReady();
    }
    List<String> asked = ask(row, column, kafka);
    if (victim != null) {
      await(row.title() + " at " + column.id()).atMost(PATIENCE).until(victim::hasEndedByItself);
      victim.put("OFFPEAK_FAILPOINT", "");
      victim.start();
    }
    await(row.title() + " at " + column.id())
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              outcomes.read();
              assertThat(outcomes.missing(asked)).isEmpty();
            });
    int faults = installation.simulator().faultsMet();
    installation.simulator().clearFaults();
    assertThat(faults)
        .as("the faults of " + row.title() + " at " + column.id())
        .isEqualTo(row.faults().size());
    Billing billing = Billing.of(installation.simulator());
    Integer files = column.inputFiles(installation.simulator());
    judge(
        row,
        column,
        outcomes,
        billing,
        billing.executions() - before,
        things(creates(installation) - creates, "job")
            + (files == null || filesBefore == null
                ? ""
                : ", " + things(files - filesBefore, "file")));
    page.writeInto(DOCS);
  }

  private List<String> ask(Row row, Column column, KafkaLoad kafka) {
    List<String> asked = new ArrayList<>();
    String run = "m" + sent.size();
    for (Question question : Question.about(run, column.model(), row.requests())) {
      kafka.send(question);
      asked.add(question.customId());
    }
    kafka.flush();
    assertThat(kafka.errors()).as("records that Kafka did not take").isZero();
    sent.addAll(asked);
    return asked;
  }

  private void judge(
      Row row, Column column, Outcomes outcomes, Billing billing, int executions, String things) {
    boolean once =
        outcomes.more().isEmpty()
            && billing.billedTwice().isEmpty()
            && executions == row.requests();
    String seen = (once ? "once, " : "VIOLATED, ") + things;
    page.put(row, column, seen);
    System.out.println(row.title() + " at " + column.id() + ": " + seen);
    if (!once) {
      violations.add(
          "%s at %s: %d executions of %d requests, outcomes doubled %s, billed twice %s"
              .formatted(
                  row.title(),
                  column.id(),
                  executions,
                  row.requests(),
                  outcomes.more(),
                  billing.billedTwice()));
    }
  }

  private static String things(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static long creates(Installation installation) throws Exception {
    return installation.simulator().summary().path("creates").asLong();
  }
}
