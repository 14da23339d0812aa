package dev.offpeak.submitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.seal.Manifest;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.InvalidLine;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.broker.WithKafka;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What stands in the submitter's topics and is no record of theirs stops nothing. */
@WithKafka
class PoisonIT extends SubmitterScene {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Map<String, JobEnded> awaitEnds(int count) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(installation.ends()).hasSize(count));
    return installation.ends().stream()
        .collect(Collectors.toMap(JobEnded::getBatchId, ended -> ended));
  }

  private void poison(Random random) throws Exception {
    Topics topics = installation.topics();
    for (String topic :
        List.of(
            topics.batches().name(),
            topics.jobs().name(),
            topics.quotas().name(),
            topics.usage().name(),
            topics.control().name())) {
      byte[] noise = new byte[60];
      random.nextBytes(noise);
      installation.putRaw(topic, "x".getBytes(UTF_8), noise);
      installation.putRaw(topic, "x".getBytes(UTF_8), new byte[] {0, 0, 0, 0, 1, 2, 3});
      installation.putRaw(topic, new byte[] {-1, -2}, new byte[0]);
      boolean compacted =
          topic.equals(topics.jobs().name()) || topic.equals(topics.quotas().name());
      if (!compacted) {
        installation.putRaw(topic, null, "{".getBytes(UTF_8));
        installation.putRaw(topic, null, null);
      }
    }
  }

  @Test
  void randomBytesInEveryTopicStopNobodyBeforeOrWhileTheServiceRuns() throws Exception {
    Random random = new Random(7);
    poison(random);
    String first = installation.seal(2);
    SubmitterService service = submitters.start();
    assertThat(awaitEnds(1)).containsOnlyKeys(first);

    poison(random);
    String second = installation.seal(2);
    assertThat(awaitEnds(2)).containsOnlyKeys(first, second);
    assertThat(submitters.failures()).isEmpty();

    // The next owner reads all of it once more.
    service.close();
    String third = installation.seal(2);
    var _ = submitters.start();
    Map<String, JobEnded> ends = awaitEnds(3);
    assertThat(ends).containsOnlyKeys(first, second, third);
    assertThat(ends.values()).allMatch(end -> end.getEnded() == EndedAs.COMPLETED);
    assertThat(
            submitters
                .meters()
                .get("offpeak.submitter.unprocessable")
                .tag("topic", installation.topics().batches().name())
                .counter()
                .count())
        .isGreaterThanOrEqualTo(8);
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(6);
  }

  @Test
  void aBatchThatCantBeSubmittedFailsItsRequestsAndOthersGoOn() throws Exception {
    var _ = submitters.start();
    String good = installation.seal(2);
    assertThat(awaitEnds(1)).containsOnlyKeys(good);
    SealedBatch sample = installation.batches().getFirst();

    installation.put(0, SealedBatch.newBuilder(sample).setBatchId("X1").setLane("none").build());
    installation.put(0, SealedBatch.newBuilder(sample).setBatchId("X2").setBytes(-1).build());
    ByteBuffer nowhere = ByteBuffer.wrap(Manifest.of(0, 1_000_000, 1_000_001).encode());
    installation.put(
        0, SealedBatch.newBuilder(sample).setBatchId("X3").setPositions(nowhere).build());
    installation.put(
        0, SealedBatch.newBuilder(sample).setBatchId("X4").setRequests(Integer.MAX_VALUE).build());
    String after = installation.seal(2);

    Map<String, JobEnded> ends = awaitEnds(5);
    assertThat(ends).containsOnlyKeys(good, "X1", "X2", "X3", after);
    assertThat(List.of(ends.get("X1"), ends.get("X2"), ends.get("X3")))
        .allSatisfy(
            end -> {
              assertThat(end.getEnded()).isEqualTo(EndedAs.FAILED);
              assertThat(end.getProblemCode()).isEqualTo("unprocessable_record");
              assertThat(end.getRetryable()).isFalse();
            });
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(4);
  }

  @Test
  void aRequestThatCantBeUsedFailsAloneAndTheOthersOfItsBatchAreSubmitted() throws Exception {
    installation.putRaw(installation.topics().lanes().name(), null, "no request".getBytes(UTF_8));
    String good = installation.seal(3);
    SealedBatch sample = installation.batches().getFirst();
    ByteBuffer withIt = ByteBuffer.wrap(Manifest.of(0, 0, 1, 2, 3).encode());
    installation.put(
        0,
        SealedBatch.newBuilder(sample)
            .setBatchId("MIXED")
            .setPositions(withIt)
            .setRequests(4)
            .setBytes(sample.getBytes() + 10)
            .build());

    var _ = submitters.start();

    Map<String, JobEnded> ends = awaitEnds(3);
    assertThat(ends).containsOnlyKeys(good, "MIXED", "MIXED.1");
    assertThat(ends.get("MIXED").getInvalidLines())
        .extracting(InvalidLine::getIndex, InvalidLine::getCode)
        .containsExactly(tuple(0, "unprocessable_record"));
    assertThat(ends.get("MIXED").getResealedAs()).containsExactly("MIXED.1");
    assertThat(ends.get("MIXED.1").getEnded()).isEqualTo(EndedAs.COMPLETED);
  }
}
