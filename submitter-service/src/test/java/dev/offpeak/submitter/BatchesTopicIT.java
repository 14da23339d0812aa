package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What llm.batches may hold that it should not. */
@WithKafka
class BatchesTopicIT extends SubmitterScene {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int REQUESTS = 3;

  /** As after a restore: offsets begin anew, and what was there before may be there again. */
  @Test
  void aTopicMadeAnewWithFewerBatchesSubmitsNoneOfThemTwice() throws Exception {
    List<String> batches = endThree();
    SealedBatch last = installation.batches().getLast();

    installation.makeBatchesAnew(1);
    installation.put(0, last);
    batches.add(installation.seal(REQUESTS));
    var _ = submitters.start();

    assertEachEndedOnce(batches);
  }

  @Test
  void aTopicMadeAnewWithMoreBatchesLeavesNoneOut() throws Exception {
    List<String> batches = endThree();

    installation.makeBatchesAnew(1);
    for (int i = 0; i < 5; i++) {
      batches.add(installation.seal(REQUESTS));
    }
    var _ = submitters.start();

    assertEachEndedOnce(batches);
  }

  @Test
  void aBatchThatIsWrittenOnceMoreIsNotSubmittedAgain() throws Exception {
    var _ = submitters.start();
    List<String> batches = new ArrayList<>(List.of(installation.seal(REQUESTS)));
    installation.put(0, installation.batches().getFirst());
    batches.add(installation.seal(REQUESTS));

    assertEachEndedOnce(batches);
  }

  private List<String> endThree() throws Exception {
    SubmitterService first = submitters.start();
    List<String> batches = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      batches.add(installation.seal(REQUESTS));
    }
    assertEachEndedOnce(batches);
    first.close();
    return batches;
  }

  private void assertEachEndedOnce(List<String> batches) throws Exception {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.ends())
                    .extracting(JobEnded::getBatchId)
                    .containsExactlyInAnyOrderElementsOf(batches));
    assertThat(simulator.ledger().summary().linesExecuted())
        .isEqualTo((long) batches.size() * REQUESTS);
    assertThat(simulator.ledger().summary().bodiesBilledMoreThanOnce()).isZero();
  }
}
