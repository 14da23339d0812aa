package dev.offpeak.submitter.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithKafka
class LanePayloadsIT {

  private static final Lane LANE =
      Lane.of(Provider.OPENAI, "main", "/v1/chat/completions", "gpt-6-luna");
  private static final Duration PATIENCE = Patience.LONG;
  private static final PayloadSettings SETTINGS =
      new PayloadSettings(ByteSize.parse("64KiB"), ByteSize.parse("1MiB"), PATIENCE);

  private LaneTopic topic;
  private LanePayloads payloads;

  @BeforeEach
  void start(TestKafka kafka) {
    topic = LaneTopic.create(kafka);
    payloads = payloads(kafka, SETTINGS);
  }

  @AfterEach
  void stop() {
    payloads.close();
    topic.close();
  }

  @Test
  void theFileHoldsTheManifestsRequestsAcrossTransactionsAndOtherLanes() throws Exception {
    long first = topic.commit("{\"n\":1}", "{\"other\":1}", "{ \"n\" : 2 }");
    topic.abort("{\"never\":1}");
    long second = topic.commit("{\"other\":2}", "{\"n\":3}");
    Manifest manifest = Manifest.of(0, first, first + 2, second + 1);
    String expected =
        line(first, "{\"n\":1}") + line(first + 2, "{\"n\":2}") + line(second + 1, "{\"n\":3}");

    try (LanePayload payload = open(manifest, expected.length())) {
      assertThat(payload.length()).isEqualTo(expected.length());
      assertThat(written(payload)).isEqualTo(expected);
      assertThat(written(payload)).as("written again").isEqualTo(expected);
    }
  }

  @Test
  void requestsLargerThanAFetchAndRecordsOfANewerReleaseAreRead() throws Exception {
    String large = "{\"text\":\"" + "x".repeat(300_000) + "\"}";
    long first = topic.commit(large, "{\"n\":2}");
    long newer = topic.commitOfANewerRelease("{\"n\":3}");
    String expected = line(first, large) + line(first + 1, "{\"n\":2}") + line(newer, "{\"n\":3}");

    try (LanePayload payload = open(Manifest.of(0, first, first + 1, newer), expected.length())) {
      assertThat(written(payload)).isEqualTo(expected);
    }
  }

  @Test
  void anAnthropicBodyIsFramedAsOneObject() throws Exception {
    long first = topic.commit("{\"a\":1}", "{\"a\":2}");
    Lane lane = Lane.of(Provider.ANTHROPIC, "main", "/v1/messages", "");

    try (LanePayload payload =
        payloads.of(lane, Manifest.of(0, first, first + 1), 1_000, BatchFormats.ANTHROPIC)) {
      assertThat(written(payload))
          .isEqualTo(
              "{\"requests\":[{\"custom_id\":\"op-0000-%014x\",\"params\":{\"a\":1}},"
                      .formatted(first)
                  + "{\"custom_id\":\"op-0000-%014x\",\"params\":{\"a\":2}}]}"
                      .formatted(first + 1));
    }
  }

  @Test
  void whatRetentionHasTakenIsNamed() throws Exception {
    long first =
        topic.commit(
            IntStream.range(0, 10).mapToObj(n -> "{\"n\":" + n + "}").toArray(String[]::new));
    topic.deleteBefore(first + 5);
    Manifest halfLost = Manifest.of(0, first + 1, first + 3, first + 7);
    Manifest whole = Manifest.of(0, first + 5, first + 9);

    payloads.requireReadable(whole);
    PositionsLost lost =
        catchThrowableOfType(PositionsLost.class, () -> payloads.requireReadable(halfLost));
    assertThat(lost.first()).isEqualTo(first + 1);
    assertThat(lost.last()).isEqualTo(first + 3);
    try (LanePayload payload = open(halfLost, 100)) {
      PositionsLost whileWriting =
          catchThrowableOfType(PositionsLost.class, () -> written(payload));
      assertThat(whileWriting.first()).isEqualTo(first + 1);
      assertThat(whileWriting.last()).isEqualTo(first + 3);
    }
    try (LanePayload payload = open(whole, 100)) {
      assertThat(written(payload))
          .isEqualTo(line(first + 5, "{\"n\":5}") + line(first + 9, "{\"n\":9}"));
    }
  }

  @Test
  void aPositionThatTheLogPassesOverIsNamed() throws Exception {
    long first = topic.commit("{\"n\":1}");
    long aborted = topic.abort("{\"never\":1}");
    long second = topic.commit("{\"n\":2}");

    try (LanePayload payload = open(Manifest.of(0, first, aborted, second), 100)) {
      PositionsLost lost = catchThrowableOfType(PositionsLost.class, () -> written(payload));
      assertThat(lost.first()).isEqualTo(aborted);
      assertThat(lost.last()).isEqualTo(aborted);
    }
  }

  @Test
  void aRecordThatIsNoAdmittedRequestIsNamed() throws Exception {
    long offset = topic.commitRaw("no avro".getBytes(UTF_8));

    try (LanePayload payload = open(Manifest.of(0, offset), 100)) {
      assertThatThrownBy(() -> written(payload))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("offset " + offset);
    }
  }

  @Test
  void aPositionBeyondTheEndIsWaitedForWithinThePatience(TestKafka kafka) throws Exception {
    long offset = topic.commit("{\"n\":1}");
    PayloadSettings impatient =
        new PayloadSettings(SETTINGS.fetchBytes(), SETTINGS.budget(), Duration.ofMillis(200));
    try (LanePayloads hasty = payloads(kafka, impatient);
        LanePayload payload =
            hasty.of(LANE, Manifest.of(0, offset + 9), 100, BatchFormats.OPENAI)) {
      assertThatThrownBy(() -> written(payload))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(PositionsLost.class);
    }
  }

  @Test
  void uploadsWaitForTheBudgetUntilAnotherIsClosed() throws Exception {
    long offset = topic.commit("{\"n\":1}");
    Manifest manifest = Manifest.of(0, offset);
    // Each takes two fetches of 64 KiB and a poll of huge lines: all of the budget.
    LanePayload first = open(manifest, 1_000_000);
    Thread second = Thread.ofVirtual().start(() -> openAndClose(manifest));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(second.getState()).isEqualTo(Thread.State.WAITING));
    first.close();
    first.close();

    assertThat(second.join(PATIENCE)).isTrue();
    openAndClose(manifest);
  }

  private void openAndClose(Manifest manifest) {
    try {
      open(manifest, 1_000_000).close();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private LanePayload open(Manifest manifest, long bytes) throws InterruptedException {
    return payloads.of(LANE, manifest, bytes, BatchFormats.OPENAI);
  }

  private LanePayloads payloads(TestKafka kafka, PayloadSettings settings) {
    return new LanePayloads(
        KafkaConfig.at(kafka.bootstrapServers()),
        kafka.name("upload"),
        topic.name(),
        LaneRecords.values(topic.name()),
        settings,
        Clock.systemUTC());
  }

  private static String written(LanePayload payload) throws IOException {
    var out = new ByteArrayOutputStream();
    payload.writeTo(out);
    return out.toString(UTF_8);
  }

  private static String line(long offset, String body) {
    return "{\"custom_id\":\"op-0000-%014x\",\"method\":\"POST\",".formatted(offset)
        + "\"url\":\"/v1/chat/completions\",\"body\":"
        + body
        + "}\n";
  }
}
