package dev.offpeak.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorArgumentsTest {
  @TempDir private Path folder;

  @Test
  void everyOptionIsUnderstood() throws IOException {
    // Given
    Path faults = folder.resolve("faults.yaml");
    Files.writeString(faults, "- match: {call: sync}\n  do: {cut: true}\n");
    Path rules = folder.resolve("rules.yaml");
    Files.writeString(
        rules,
        """
        openai:
          limits: {max_requests: 7}
          quirks: {shuffled_output: false}
        anthropic:
          limits: {requests_per_minute: 0}
        """);
    // When
    SimulatorConfig config =
        SimulatorArguments.parse(
            List.of(
                "--host",
                "0.0.0.0",
                "--port",
                "9",
                "--data",
                folder.toString(),
                "--seed",
                "5",
                "--speed",
                "2.5",
                "--validation",
                "1s",
                "--run",
                "2h",
                "--finalizing",
                "0.5s",
                "--cancelling",
                "5m",
                "--failure-rate",
                "0.1",
                "--key",
                "sk=org",
                "--faults",
                faults.toString(),
                "--chaos",
                "0.1",
                "--rules",
                rules.toString()));
    // Then
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.port()).isEqualTo(9);
    assertThat(config.dataFolder()).isEqualTo(folder);
    assertThat(config.seed()).isEqualTo(5);
    assertThat(config.speed()).isEqualTo(2.5);
    assertThat(config.pace().validation()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.pace().run()).isEqualTo(Duration.ofHours(2));
    assertThat(config.pace().finalizing()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.pace().cancelling()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.failureRate()).isEqualTo(0.1);
    assertThat(config.keys()).isEqualTo(Map.of("sk", "org"));
    assertThat(config.faults()).hasSizeGreaterThan(10);
    assertThat(config.faults().getFirst().then().cut()).isTrue();
    assertThat(config.faults().getLast().match().probability()).isEqualTo(0.01);
    assertThat(config.rules().openai().limits().maxRequests()).isEqualTo(7);
    assertThat(config.rules().openai().limits().maxCustomIdLength()).isEqualTo(64);
    assertThat(config.rules().openai().quirks().shuffledOutput()).isFalse();
    assertThat(config.rules().openai().quirks().emptyErrorFileId()).isTrue();
    assertThat(config.rules().anthropic().limits().requestsPerMinute()).isZero();
    assertThat(config.rules().anthropic().limits().maxRequests()).isEqualTo(100_000);
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense,1,There is no option --nonsense",
    "--port,many,--port is 'many'",
    "--port,70000,port is 70000",
    "--speed,0,speed is 0",
    "--chaos,2,chaos is 2.0",
    "--run,soon,--run is 'soon'",
    "--failure-rate,1.5,failure rate is 1.5",
    "--key,sk,--key needs a key and an organisation"
  })
  void aWrongValueIsNamed(String name, String value, String message) {
    assertThatThrownBy(() -> SimulatorArguments.parse(List.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void theCommandSaysWhatIsWrongAndEnds() {
    // Given
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    // When
    int help = SimulatorMain.run(List.of("--help"), print, print);
    int wrong = SimulatorMain.run(List.of("--port"), print, print);
    // Then
    assertThat(help).isZero();
    assertThat(wrong).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--failure-rate")
        .endsWith("--port needs a value; see --help" + System.lineSeparator());
  }
}
