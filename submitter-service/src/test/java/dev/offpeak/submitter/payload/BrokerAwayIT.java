package dev.offpeak.submitter.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.kafka.embedded.BrokerOptions;
import dev.offpeak.kafka.embedded.EmbeddedKafka;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerAwayIT {

  private static final Lane LANE =
      Lane.of(Provider.OPENAI, "main", "/v1/chat/completions", "gpt-6-luna");
  private static final PayloadSettings IMPATIENT =
      new PayloadSettings(ByteSize.parse("64KiB"), ByteSize.parse("1MiB"), Duration.ofSeconds(2));

  @Test
  void anUploadFailsWhileTheBrokerIsAwayAndWorksWhenItIsBack(@TempDir Path folder)
      throws Exception {
    EmbeddedKafka broker = EmbeddedKafka.start(BrokerOptions.in(folder));
    try {
      BrokerOptions again =
          BrokerOptions.in(folder)
              .withPort(URI.create("kafka://" + broker.bootstrapServers()).getPort());
      TestKafka kafka = new TestKafka(broker.bootstrapServers(), "");
      try (LaneTopic topic = LaneTopic.create(kafka);
          LanePayloads payloads = payloads(kafka, topic.name())) {
        Manifest manifest = Manifest.of(0, topic.commit("{\"n\":1}"));
        try (LanePayload payload = payloads.of(LANE, manifest, 100, BatchFormats.OPENAI)) {
          String file = written(payload);

          broker.close();
          assertThatThrownBy(() -> written(payload))
              .isInstanceOf(IOException.class)
              .isNotInstanceOf(PositionsLost.class);
          assertThatThrownBy(() -> payloads.requireReadable(manifest))
              .isInstanceOf(IOException.class)
              .isNotInstanceOf(PositionsLost.class);

          broker = EmbeddedKafka.start(again);
          await()
              .atMost(Patience.LONG)
              .ignoreExceptionsInstanceOf(IOException.class)
              .untilAsserted(() -> assertThat(written(payload)).isEqualTo(file));
        }
      }
    } finally {
      broker.close();
    }
  }

  private static LanePayloads payloads(TestKafka kafka, String topic) {
    return new LanePayloads(
        KafkaConfig.at(kafka.bootstrapServers()),
        "upload",
        topic,
        LaneRecords.values(topic),
        IMPATIENT,
        Clock.systemUTC());
  }

  private static String written(LanePayload payload) throws IOException {
    var out = new ByteArrayOutputStream();
    payload.writeTo(out);
    return out.toString(UTF_8);
  }
}
