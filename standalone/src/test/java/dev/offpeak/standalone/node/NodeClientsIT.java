package dev.offpeak.standalone.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class NodeClientsIT {

  @Test
  void aControlRecordHasAKeyWithoutWhichAStartingBatcherWouldLeaveItOut(
      TestKafka kafka, @TempDir Path folder) throws Exception {
    NodeSettings settings =
        new NodeSettings(
            folder,
            KafkaConfig.at(kafka.bootstrapServers()),
            Map.of(),
            NodePlan.ofRun(DeadlinePolicy.FAIL, NodeSettings.LARGEST_REQUEST));
    String topic = settings.topics().control().name();
    kafka.createTopics(List.of(new NewTopic(topic, 1, (short) 1)));

    try (NodeClients clients = new NodeClients(settings)) {
      clients.control(ControlAction.FLUSH, Instant.EPOCH);
    }

    assertThat(kafka.read(topic))
        .extracting(ConsumerRecord::key)
        .containsExactly("everything".getBytes(UTF_8));
  }
}
