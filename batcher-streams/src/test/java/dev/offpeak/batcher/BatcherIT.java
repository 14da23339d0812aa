package dev.offpeak.batcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.record.SealedManifest;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@WithKafka
@Execution(ExecutionMode.CONCURRENT)
class BatcherIT {

  /** Only a count or a flush seals. */
  private static final String PATIENT = "linger: 1h, flush-quiet: 200ms";

  /** Nor does a flush split what comes slowly on a busy machine. */
  private static final String MORE_PATIENT = "linger: 1h, flush-quiet: 3s";

  private static final String ANTHROPIC =
      "{\"custom_id\":\"a-1\",\"params\":{\"model\":\"claude-opus-4\",\"max_tokens\":9,\"messages\":[]}}";
  private static final String GEMINI =
      "{\"key\":\"g-1\",\"request\":{\"model\":\"models/gemini-2.5-flash\",\"contents\":[]}}";

  @TempDir Path folder;

  @Test
  void everyShapeGoesItsWayAndWhatIsNoRequestBecomesAFailure(TestKafka kafka) {
    try (var batcher = new RunningBatcher(kafka, folder, mock(kafka), MORE_PATIENT)) {
      batcher.start();

      batcher.request(chat("o-1", "gpt-5"));
      batcher.request(ANTHROPIC);
      batcher.request(GEMINI);
      batcher.request(avro(batcher, "avro-1"), new RecordHeaders().add("trace", new byte[] {7}));
      batcher.request(chat("o-1", "gpt-5"));
      batcher.request(chat("o-2", "unheard-of"));
      batcher.request("not json");
      batcher.request(new byte[] {0, 0, 0, 0, 99, 1}, new RecordHeaders());
      batcher.flush();

      List<SealedBatch> batches = batcher.batchesOf(4);
      assertThat(batches)
          .extracting(SealedBatch::getAccount, SealedBatch::getModel, SealedBatch::getRequests)
          .containsExactlyInAnyOrder(
              tuple("main", "gpt-5", 2),
              tuple("claude", "", 1),
              tuple("gem", "gemini-2.5-flash", 1));
      assertThat(batches).extracting(SealedBatch::getReason).containsOnly(SealedBecause.FLUSH);
      assertThat(customIds(batcher, batches))
          .containsExactlyInAnyOrder("o-1", "avro-1", "a-1", "g-1");
      await()
          .atMost(RunningBatcher.PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(batcher.read(batcher.topics.failures(), LlmFailure.class))
                    .extracting(LlmFailure::getCode)
                    .containsExactlyInAnyOrder(
                        "unknown_model", "malformed_record", "malformed_record");
                assertThat(batcher.read(batcher.topics.duplicates(), DroppedDuplicate.class))
                    .extracting(DroppedDuplicate::getCustomId)
                    .containsExactly("o-1");
              });
      assertThat(batcher.read(batcher.topics.lanes()))
          .filteredOn(record -> record.headers().lastHeader("trace") != null)
          .hasSize(1);
    }
  }

  @Test
  void fullBatchesAreSealedAtOnceAndTheRestByLinger(TestKafka kafka) {
    try (var batcher = new RunningBatcher(kafka, folder, mock(kafka), "linger: 2s")) {
      batcher.start();

      for (int i = 0; i < 10; i++) {
        batcher.request(chat("id-" + i, "gpt-5"));
      }

      List<SealedBatch> batches = batcher.batchesOf(10);
      assertThat(batches.stream().filter(batch -> batch.getReason() == SealedBecause.COUNT))
          .extracting(SealedBatch::getRequests)
          .isNotEmpty()
          .containsOnly(4);
      assertThat(batches.getLast().getReason()).isEqualTo(SealedBecause.LINGER);
      assertThat(customIds(batcher, batches))
          .containsExactly(
              "id-0", "id-1", "id-2", "id-3", "id-4", "id-5", "id-6", "id-7", "id-8", "id-9");
    }
  }

  @Test
  void aCancelThatWasAskedForWhileTheBatcherWasDownHoldsAndIsNotUndone(TestKafka kafka)
      throws IOException {
    try (var batcher = new RunningBatcher(kafka, folder, mock(kafka), PATIENT)) {
      batcher.start();
      for (int i = 0; i < 3; i++) {
        batcher.request(chat("id-" + i, "gpt-5"));
      }
      awaitLanes(batcher, 3);

      batcher.stop();
      delete(folder.resolve("state"));
      batcher.cancel("id-1");
      batcher.start();
      SealedBatch cancelled = batcher.batchesOf(1).getFirst();
      assertThat(cancelled.getReason()).isEqualTo(SealedBecause.CANCELLED);
      assertThat(customIds(batcher, List.of(cancelled))).containsExactly("id-1");

      batcher.stop();
      delete(folder.resolve("state"));
      batcher.start();
      batcher.flush();
      List<SealedBatch> all = batcher.batchesOf(3);
      assertThat(all)
          .extracting(SealedBatch::getReason)
          .containsExactly(SealedBecause.CANCELLED, SealedBecause.FLUSH);
      assertThat(customIds(batcher, all)).containsExactlyInAnyOrder("id-0", "id-1", "id-2");
    }
  }

  @Test
  void anOpenBatchSurvivesALostStateFolder(TestKafka kafka) throws IOException {
    try (var batcher = new RunningBatcher(kafka, folder, mock(kafka), PATIENT)) {
      batcher.start();
      for (int i = 0; i < 3; i++) {
        batcher.request(chat("id-" + i, "gpt-5"));
      }
      awaitLanes(batcher, 3);

      batcher.stop();
      delete(folder.resolve("state"));
      batcher.start();
      batcher.request(chat("id-1", "gpt-5"));
      batcher.request(chat("id-3", "gpt-5"));

      assertThat(customIds(batcher, batcher.batchesOf(4)))
          .containsExactly("id-0", "id-1", "id-2", "id-3");
      assertThat(batcher.read(batcher.topics.duplicates(), DroppedDuplicate.class))
          .extracting(DroppedDuplicate::getCustomId)
          .containsExactly("id-1");
    }
  }

  @Test
  void readingAllRequestsAgainSealsNoSecondBatch(TestKafka kafka) throws Exception {
    try (var batcher = new RunningBatcher(kafka, folder, mock(kafka), PATIENT)) {
      batcher.start();
      for (int i = 0; i < 6; i++) {
        batcher.request(chat("id-" + i, "gpt-5"));
      }
      batcher.flush();
      batcher.batchesOf(6);

      batcher.stop();
      resetToBeginning(kafka, batcher);
      batcher.start();
      await()
          .atMost(RunningBatcher.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(batcher.read(batcher.topics.duplicates(), DroppedDuplicate.class))
                      .hasSize(6));
      batcher.request(chat("id-6", "gpt-5"));
      batcher.flush();

      assertThat(customIds(batcher, batcher.batchesOf(7)))
          .containsExactly("id-0", "id-1", "id-2", "id-3", "id-4", "id-5", "id-6");
    }
  }

  @Test
  void partitionsAddedToTheLanesAreTakenUp(TestKafka kafka) throws Exception {
    try (var batcher = new RunningBatcher(kafka, folder, mock(kafka), PATIENT)) {
      batcher.start();
      batcher.request(chat("id-0", "gpt-5"));
      awaitLanes(batcher, 1);
      batcher.stop();
      try (var admin = Admin.create(kafka.clientProperties())) {
        admin
            .createPartitions(Map.of(batcher.topics.lanes().name(), NewPartitions.increaseTo(5)))
            .all()
            .get();
      }

      batcher.start();
      for (int i = 1; i < 20; i++) {
        batcher.request(chat("id-" + i, "gpt-" + i));
      }
      batcher.flush();

      assertThat(customIds(batcher, batcher.batchesOf(20))).hasSize(20).doesNotHaveDuplicates();
      assertThat(batcher.read(batcher.topics.lanes()))
          .extracting(ConsumerRecord::partition)
          .contains(2, 3, 4);
    }
  }

  @Test
  void aFlushThatCameBeforeTheStartCounts(TestKafka kafka) {
    try (var batcher = new RunningBatcher(kafka, folder, mock(kafka), PATIENT)) {
      batcher.start();
      batcher.request(chat("id-0", "gpt-5"));
      awaitLanes(batcher, 1);
      batcher.stop();

      batcher.flush();
      batcher.start();

      assertThat(customIds(batcher, batcher.batchesOf(1))).containsExactly("id-0");
    }
  }

  @Test
  void topicsThatAreNotAsTheyMustBeStopTheStart(TestKafka kafka) {
    try (var batcher = new RunningBatcher(kafka, folder, mock(kafka), PATIENT)) {
      kafka.createTopics(
          List.of(
              new NewTopic(batcher.topics.lanes().name(), 1, (short) 1)
                  .configs(Map.of("cleanup.policy", "compact"))));

      batcher.startOnly();

      await()
          .atMost(RunningBatcher.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(batcher.failure.get())
                      .isNotNull()
                      .hasMessageContaining("llm.lanes has cleanup.policy=compact"));
      assertThat(batcher.health().readiness().isOk()).isFalse();
    }
  }

  private static void awaitLanes(RunningBatcher batcher, int records) {
    await()
        .atMost(RunningBatcher.PATIENCE)
        .untilAsserted(() -> assertThat(batcher.read(batcher.topics.lanes())).hasSize(records));
  }

  /** As {@code kafka-consumer-groups --reset-offsets --to-earliest} does for llm.requests. */
  private static void resetToBeginning(TestKafka kafka, RunningBatcher batcher)
      throws InterruptedException, ExecutionException {
    try (var admin = Admin.create(kafka.clientProperties())) {
      Map<TopicPartition, OffsetSpec> asked =
          Map.of(
              new TopicPartition(batcher.topics.requests().name(), 0), OffsetSpec.earliest(),
              new TopicPartition(batcher.topics.requests().name(), 1), OffsetSpec.earliest());
      var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
      admin
          .listOffsets(asked)
          .all()
          .get()
          .forEach((at, found) -> offsets.put(at, new OffsetAndMetadata(found.offset())));
      admin.alterConsumerGroupOffsets(batcher.group(), offsets).all().get();
    }
  }

  /** The custom ids in the order of the batches and of their manifests. */
  private static List<String> customIds(RunningBatcher batcher, List<SealedBatch> batches) {
    var deserializer = batcher.serdes.deserializer(AdmittedRequest.class);
    List<ConsumerRecord<byte[], byte[]>> lanes = batcher.read(batcher.topics.lanes());
    List<String> ids = new ArrayList<>();
    for (SealedBatch batch : batches) {
      SealedManifest.of(batch)
          .offsets()
          .forEach(
              offset ->
                  lanes.stream()
                      .filter(
                          record ->
                              record.partition() == batch.getLanePartition()
                                  && record.offset() == offset)
                      .map(record -> deserializer.deserialize("", record.value()).getCustomId())
                      .forEach(ids::add));
    }
    return ids;
  }

  private static byte[] avro(RunningBatcher batcher, String customId) {
    LlmRequest request =
        LlmRequest.newBuilder()
            .setCustomId(customId)
            .setEndpoint("/v1/chat/completions")
            .setBody(ByteBuffer.wrap("{\"model\":\"gpt-5\"}".getBytes(UTF_8)))
            .build();
    return batcher
        .serdes
        .serializer(LlmRequest.class)
        .serialize(batcher.topics.requests().name(), request);
  }

  private static String chat(String id, String model) {
    return BatcherDriver.chatLine(id, "{\"model\":\"" + model + "\"}");
  }

  private static String mock(TestKafka kafka) {
    return "mock://" + kafka.prefix();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
