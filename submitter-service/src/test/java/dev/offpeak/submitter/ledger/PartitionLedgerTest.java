package dev.offpeak.submitter.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PartitionLedgerTest {

  private static final Duration PATIENCE = Patience.LONG;

  /** Commits when it is let. */
  private static final class SlowProducer extends MockProducer<byte[], byte[]> {
    private final CountDownLatch committing = new CountDownLatch(1);
    private final CountDownLatch mayCommit = new CountDownLatch(1);

    SlowProducer() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void commitTransaction() {
      committing.countDown();
      try {
        mayCommit.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      super.commitTransaction();
    }
  }

  private final SlowProducer producer = new SlowProducer();
  private final CompletableFuture<OwnershipLost> lost = new CompletableFuture<>();
  private final PartitionLedger ledger =
      new PartitionLedger(
          0,
          producer,
          new LedgerCodec(
              Topics.withPrefix(""),
              0,
              SerdeFactory.of(Map.of("schema.registry.url", "mock://ledger")),
              true),
          lost::complete);

  @Test
  void whatIsQueuedBeforeTheClosingIsCommittedAndWhatComesThenIsRefused() throws Exception {
    ledger.open();
    CompletableFuture<Void> first = ledger.append(JobEntry.forgotten("first"));
    producer.committing.await();
    CompletableFuture<Void> second = ledger.append(JobEntry.forgotten("second"));
    Thread closing = Thread.ofVirtual().start(ledger::close);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(closing.getState()).isEqualTo(Thread.State.TIMED_WAITING));
    CompletableFuture<Void> late = ledger.append(JobEntry.forgotten("late"));

    producer.mayCommit.countDown();

    first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThatThrownBy(() -> late.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(OwnershipLost.class);
    assertThat(producer.history()).hasSize(2);
    assertThat(lost).succeedsWithin(PATIENCE);
  }
}
