package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.QuotaUnitName;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What providers have taught of quotas is in llm.quotas, and outlives the process. */
@WithKafka
@Execution(ExecutionMode.CONCURRENT)
class LearnedQuotaIT extends SubmitterScene {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int REQUESTS = 5;

  @Test
  void lessonsOfTheProcessBeforeAreGoneOnWith() throws Exception {
    SubmitterService first = submitters.start();
    String batch = installation.seal(REQUESTS);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(installation.ends()).hasSize(1));
    long bytes = installation.jobs().get(batch).getBytes();
    installation.reportUsage(batch, REQUESTS, bytes);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(installation.quotas()).hasSize(1));
    QuotaRecord learned = installation.quotas().get(Installation.LANE.scope());
    assertThat(learned.getReportedTokens()).isEqualTo(100_000.0 + bytes);
    assertThat(learned.getLearnedLimit()).as("nothing was refused").isNull();
    first.close();

    SimulatorFaults.add(
        simulator,
        "{'match':{'call':'create_batch'},'do':{'job':{'fail_code':'token_limit_exceeded'}}}");
    var _ = submitters.start();
    var _ = installation.seal(REQUESTS);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.quotas().get(Installation.LANE.scope()).getLearnedLimit())
                    .isNotNull());
    QuotaRecord refused = installation.quotas().get(Installation.LANE.scope());
    assertThat(refused.getUnit()).isEqualTo(QuotaUnitName.TOKENS);
    assertThat(refused.getLearnedLimit()).isLessThan(refused.getRefusedSum());
    assertThat(refused.getPausedUntil()).isAfter(refused.getUpdatedAt());
    assertThat(refused.getReportedTokens())
        .as("from the process before")
        .isEqualTo(learned.getReportedTokens());
  }
}
