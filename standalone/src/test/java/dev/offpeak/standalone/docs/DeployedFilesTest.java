package dev.offpeak.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.offpeak.batcher.BatcherConfig;
import dev.offpeak.ingest.IngestConfig;
import dev.offpeak.ledger.LedgerConfig;
import dev.offpeak.operations.cluster.ClusterConfig;
import dev.offpeak.results.ResultsConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.submitter.SubmitterConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The files that docker-compose.yml gives to the services are what the commands take, too. */
class DeployedFilesTest {

  private static final Path FOLDER = Path.of("../deploy/config");
  private static final Map<String, Class<? extends Record>> FILES =
      Map.of(
          "batcher.yaml", BatcherConfig.class,
          "submitter.yaml", SubmitterConfig.class,
          "results.yaml", ResultsConfig.class,
          "ingest.yaml", IngestConfig.class,
          "ledger.yaml", LedgerConfig.class,
          "cluster.yaml", ClusterConfig.class);

  /** As in docker-compose.yml. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OFFPEAK_JAVA_OPTS", "-Xmx512m",
          "OFFPEAK_LOG_LEVEL", "INFO",
          "OFFPEAK_CONFIG", "/etc/offpeak/submitter.yaml",
          "OFFPEAK_ACCOUNTS_OPENAI_BASE_URL", "http://simulator:8081/v1");

  @TestFactory
  Stream<DynamicTest> commandsTakeEachOfThem() {
    return FILES.keySet().stream()
        .map(
            name ->
                dynamicTest(
                    name,
                    () -> {
                      ClusterConfig found =
                          ConfigLoader.loadPart(
                              ClusterConfig.class,
                              List.copyOf(FILES.values()),
                              FOLDER.resolve(name),
                              ENVIRONMENT);
                      assertThat(found.kafka().bootstrapServers()).isEqualTo("kafka:9092");
                      assertThat(found.registry().url()).contains("/apis/ccompat/");
                    }));
  }

  @TestFactory
  Stream<DynamicTest> theServicesTakeTheirOwn() {
    return FILES.entrySet().stream()
        .map(
            file ->
                dynamicTest(
                    file.getKey(),
                    () ->
                        assertThat(
                                ConfigLoader.load(
                                    file.getValue(),
                                    FOLDER.resolve(file.getKey()),
                                    Map.of(
                                        "OPENAI_API_KEY", "sk-simulator",
                                        "INGEST_API_KEY", "offpeak-demo-key")))
                            .isInstanceOf(file.getValue())));
  }
}
