package dev.offpeak.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ServiceMainIT {

  private static final String CONFIG =
      """
      linger: 5s
      http: {host: 127.0.0.1, port: 0}
      """;

  @TempDir Path folder;

  @Test
  void aSignalMakesItDrainAndEnd() throws Exception {
    // Given
    var file = Files.writeString(folder.resolve("service.yaml"), CONFIG);
    var process = start(Map.of("OFFPEAK_LINGER", "7s"), "--config", file.toString());
    var output = process.inputReader();
    var lines = readUntil(output, "running");

    // When
    process.toHandle().destroy();

    // Then
    lines.addAll(readUntil(output, "stopped"));
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(lines)
        .anyMatch(line -> line.endsWith("started with PT7S"))
        .anyMatch(line -> line.contains("linger = PT7S"))
        .contains("closed");
  }

  @Test
  void aWrongConfigurationIsExplainedAndNothingStarts() throws Exception {
    var file = Files.writeString(folder.resolve("service.yaml"), CONFIG.replace("5s", "soon"));

    var process = start(Map.of("OFFPEAK_CONFIG", file.toString(), "OFFPEAK_LABLE", "x"));
    var lines = process.inputReader().lines().toList();

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(lines)
        .anyMatch(line -> line.contains("linger is 'soon'"))
        .anyMatch(line -> line.contains("Did you mean OFFPEAK_LABEL?"))
        .noneMatch(line -> line.startsWith("started"));
  }

  @Test
  void wrongArgumentsAreExplained() throws Exception {
    var process = start(Map.of(), "--konfig", "x");
    var lines = process.inputReader().lines().toList();

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(lines).anyMatch(line -> line.contains("--konfig"));
  }

  private static Process start(Map<String, String> environment, String... args) throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SampleService.class.getName()));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Only what a test sets, not what the shell had that started the build.
    builder.environment().keySet().removeIf(name -> name.startsWith("OFFPEAK_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The lines up to the one that contains the text; fails when the process ends before. */
  private static List<String> readUntil(BufferedReader output, String text) throws IOException {
    var lines = new ArrayList<String>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.contains(text)) {
        return lines;
      }
    }
    throw new AssertionError("the process ended before it printed '" + text + "': " + lines);
  }
}
