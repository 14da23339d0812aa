package dev.offpeak.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultSignalsTest {

  private static final int BY_SIGINT = 130;

  /** As a shell that is no person's starts what it is to run in the background. */
  private static final List<String> IGNORING =
      List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh");

  @Test
  void aProcessOfABackgroundJobCanBeInterrupted() throws Exception {
    List<String> command = new ArrayList<>(IGNORING);
    command.addAll(
        DefaultSignals.of(List.of("sh", "-c", "echo here; exec sleep 600")).orElseThrow());
    Process process = new ProcessBuilder(command).start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("here");

      var _ = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor()).isEqualTo(BY_SIGINT);
    } finally {
      process.destroyForcibly();
    }
  }
}
