package dev.offpeak.batcher.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.batcher.metric.BatcherMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class UnprocessableStageRecordsTest {

  private static final String GLOBAL_TOO = "processing.exception.handler.global.enabled";

  /**
   * The assignor of partitions knows only its consumer's properties, and warns of what they lack.
   */
  @Test
  void theThreadOfGlobalStoresHasItTooAndTheAssignorKnows() {
    Clock clock = Clock.systemUTC();
    Map<String, Object> properties =
        new HashMap<>(
            UnprocessableStageRecords.properties(
                new UnprocessableStageRecords.Parts(
                    "llm.requests",
                    "llm.control",
                    "llm.failures",
                    () -> {
                      throw new AssertionError("nothing is read");
                    },
                    1,
                    new BatcherMetrics(new SimpleMeterRegistry(), clock),
                    clock)));
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "batcher");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");

    StreamsConfig config = new StreamsConfig(properties);

    assertThat(config.getBoolean(GLOBAL_TOO)).isTrue();
    assertThat(config.getMainConsumerConfigs("batcher", "client", 1))
        .containsEntry(GLOBAL_TOO, true);
  }
}
