package dev.offpeak.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.offpeak.ledger.command.VerifyCommand;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.jobs.JobsCommand;
import dev.offpeak.standalone.command.RunCommand;
import dev.offpeak.standalone.state.CannotRun;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UpIT {

  private static final String LINE =
      "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
          + "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}}\n";

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path home;

  @Test
  void requestsOverHttpAreExecutedOnceOverARestartAndCommandsFindTheInstallation()
      throws Exception {
    try (RunningUp up = new RunningUp(home)) {
      HttpResponse<String> taken = post(up.gateway() + "/v1/requests", LINE.formatted("a", "one"));
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () -> assertThat(up.summary().path("lines_executed").asInt()).isEqualTo(1));
      assertThat(jobs()).isZero();

      assertThatExceptionOfType(CannotRun.class)
          .isThrownBy(() -> RunningUp.of(home, 0).run(_ -> {}))
          .withMessageContaining("--state");
    }
    assertThat(jobs()).isEqualTo(2);

    try (RunningUp again = new RunningUp(home)) {
      post(again.gateway() + "/v1/requests", LINE.formatted("a", "one"));
      post(again.gateway() + "/v1/requests", LINE.formatted("b", "two"));
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () -> assertThat(again.summary().path("lines_executed").asInt()).isEqualTo(2));
      assertThat(again.summary().path("bodies_billed_more_than_once").asInt()).isZero();
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () ->
                  assertThat(get(again.console() + "/savings.csv?by=model"))
                      .contains("gpt-4o-mini,2,0,"));
      assertThat(verified()).isZero();
      aRunOfAFileIsABatchOfItAndIsNotPaidForTwice(again);
    }
  }

  /** Shares the installation above. */
  private void aRunOfAFileIsABatchOfItAndIsNotPaidForTwice(RunningUp up) throws Exception {
    Path input =
        Files.writeString(
            home.resolve("in.jsonl"),
            "["
                + LINE.formatted("r-1", "first")
                + ","
                + LINE.formatted("r-2", "second").replace(",", ",\n")
                + "]");
    Files.writeString(
        home.resolve("more.jsonl"),
        "{\"custom_id\":\"r-3\",\"method\":\"POST\",\"url\":\"/v1/responses\",\"body\":"
            + "{\"model\":\"gpt-4o-mini\",\"input\":\"third\"}}\n\n"
            + LINE.formatted("r-4", "x").replace("gpt-4o-mini", "no-such-model"));
    Path output = home.resolve("out.jsonl");
    String[] command = {
      "--to",
      up.gateway(),
      "--state",
      home.toString(),
      "-o",
      output.toString(),
      input.toString(),
      home.resolve("more.jsonl").toString()
    };

    assertThat(run(command)).isEqualTo(1);
    List<String> outcomes = Files.readAllLines(output);
    assertThat(outcomes).hasSize(4);
    assertThat(outcomes)
        .filteredOn(line -> line.contains("\"status_code\":200"))
        .hasSize(3)
        .anyMatch(line -> line.contains("\"r-3\"") && line.contains("\"object\":\"response\""));
    assertThat(outcomes)
        .filteredOn(line -> line.contains("\"offpeak\""))
        .singleElement()
        .asString()
        .contains("\"r-4\"", "unknown_model", "more.jsonl:3: ");
    assertThat(up.summary().path("lines_executed").asInt()).isEqualTo(5);

    Files.delete(output);
    String[] withoutAddress = Arrays.copyOfRange(command, 2, command.length);
    assertThat(run(withoutAddress)).as("the installation that is at work is found").isEqualTo(1);
    assertThat(Files.readAllLines(output)).containsExactlyInAnyOrderElementsOf(outcomes);
    assertThat(up.summary().path("lines_executed").asInt()).isEqualTo(5);
  }

  private static int run(String... command) {
    return new CommandLine(new RunCommand(_ -> {})).execute(command);
  }

  @Test
  void aPortThatIsTakenIsSaidBeforeAnythingStarts() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      assertThatExceptionOfType(CannotRun.class)
          .isThrownBy(() -> RunningUp.of(home, other.getLocalPort()).run(_ -> {}))
          .withMessageContaining("port " + other.getLocalPort() + " is taken")
          .withMessageContaining("--port");
    }
  }

  private String get(String url) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private int verified() {
    return new CommandLine(new VerifyCommand(CommandEnvironment.ofProcess(List.of())))
        .execute("--state", home.toString());
  }

  private int jobs() {
    return JobsCommand.commandLine(CommandEnvironment.ofProcess(List.of()))
        .execute("--state", home.toString());
  }

  private HttpResponse<String> post(String url, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
