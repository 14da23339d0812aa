package dev.offpeak.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.BatchJob;
import com.google.genai.types.BatchJobSource;
import com.google.genai.types.Content;
import com.google.genai.types.CreateBatchJobConfig;
import com.google.genai.types.CreateEmbeddingsBatchJobConfig;
import com.google.genai.types.EmbedContentBatch;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.EmbeddingsBatchJobSource;
import com.google.genai.types.File;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.InlinedRequest;
import com.google.genai.types.InlinedResponse;
import com.google.genai.types.JobState;
import com.google.genai.types.ListBatchJobsConfig;
import com.google.genai.types.Part;
import com.google.genai.types.UploadFileConfig;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.fault.FaultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** google-genai: files, batches from files and inline, embeddings, synchronous calls, errors. */
class GeminiSdkIT {
  private static final String MODEL = "gemini-2.5-flash";

  @TempDir private Path folder;

  private static Client client(Simulator simulator, String key) {
    return Client.builder()
        .apiKey(key)
        .httpOptions(HttpOptions.builder().baseUrl(simulator.rootUri().toString()).build())
        .build();
  }

  private static Client client(Simulator simulator) {
    return client(simulator, "AIza-test");
  }

  private static CreateBatchJobConfig named(String name) {
    return CreateBatchJobConfig.builder().displayName(name).build();
  }

  private Path input(int count) throws IOException {
    return Files.writeString(
        folder.resolve("input.jsonl"),
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    """
                    {"key":"k%d","request":{"contents":[{"parts":[{"text":"Hi %d"}]}]}}
                    """
                        .formatted(i, i))
            .collect(Collectors.joining()));
  }

  private static InlinedRequest inline(String key, String text) {
    return InlinedRequest.builder()
        .contents(List.of(Content.fromParts(Part.fromText(text))))
        .metadata(Map.of("key", key))
        .config(GenerateContentConfig.builder().maxOutputTokens(50).build())
        .build();
  }

  private static BatchJob awaitState(Client client, String name, JobState.Known state) {
    return await()
        .atMost(Duration.ofMinutes(5))
        .until(
            () -> client.batches.get(name, null),
            job ->
                job.state().orElseThrow().knownEnum() == state
                    && (state != JobState.Known.JOB_STATE_SUCCEEDED || job.dest().isPresent()));
  }

  @Test
  void aBatchFromAFileToItsResults() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults());
        Client client = client(simulator)) {
      // Given
      File file =
          client.files.upload(
              input(20).toString(),
              UploadFileConfig.builder().mimeType("application/jsonl").displayName("in").build());
      // When
      BatchJob created =
          client.batches.create(
              MODEL,
              BatchJobSource.builder().fileName(file.name().orElseThrow()).build(),
              named("from a file"));
      String name = created.name().orElseThrow();
      BatchJob done = awaitState(client, name, JobState.Known.JOB_STATE_SUCCEEDED);
      Path output = folder.resolve("output.jsonl");
      client.files.download(
          done.dest().orElseThrow().fileName().orElseThrow(), output.toString(), null);
      // Then
      assertThat(file.sizeBytes()).contains(Files.size(folder.resolve("input.jsonl")));
      assertThat(created.state().orElseThrow().knownEnum())
          .isEqualTo(JobState.Known.JOB_STATE_PENDING);
      assertThat(created.displayName()).contains("from a file");
      assertThat(done.endTime()).isPresent();
      assertThat(Files.readAllLines(output)).hasSize(20).allMatch(line -> line.contains("\"key\""));
      client.files.delete(file.name().orElseThrow(), null);
      client.batches.delete(name, null);
      assertThatThrownBy(() -> client.batches.get(name, null)).isInstanceOf(ClientException.class);
    }
  }

  @Test
  void inlineRequestsAreAnsweredInline() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults());
        Client client = client(simulator)) {
      // When
      BatchJob created =
          client.batches.create(
              MODEL,
              BatchJobSource.builder()
                  .inlinedRequests(List.of(inline("a", "Why?"), inline("b", "How? [sim:fail=503]")))
                  .build(),
              named("inline"));
      BatchJob done =
          awaitState(client, created.name().orElseThrow(), JobState.Known.JOB_STATE_SUCCEEDED);
      // Then
      List<InlinedResponse> responses = done.dest().orElseThrow().inlinedResponses().orElseThrow();
      assertThat(responses).hasSize(2);
      for (InlinedResponse response : responses) {
        if (response.metadata().orElseThrow().get("key").equals("a")) {
          assertThat(response.response().orElseThrow().text())
              .startsWith("Simulated answer to: Why?");
        } else {
          assertThat(response.error().orElseThrow().code()).contains(14);
        }
      }
    }
  }

  @Test
  void embeddingsComeInABatchAndAtOnce() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults());
        Client client = client(simulator)) {
      // When
      BatchJob created =
          client.batches.createEmbeddings(
              "gemini-embedding-001",
              EmbeddingsBatchJobSource.builder()
                  .inlinedRequests(
                      EmbedContentBatch.builder()
                          .contents(
                              List.of(
                                  Content.fromParts(Part.fromText("one")),
                                  Content.fromParts(Part.fromText("two"))))
                          .config(EmbedContentConfig.builder().outputDimensionality(8).build())
                          .build())
                  .build(),
              CreateEmbeddingsBatchJobConfig.builder().displayName("embeddings").build());
      BatchJob done =
          awaitState(client, created.name().orElseThrow(), JobState.Known.JOB_STATE_SUCCEEDED);
      EmbedContentResponse atOnce =
          client.models.embedContent(
              "gemini-embedding-001",
              "one",
              EmbedContentConfig.builder().outputDimensionality(8).build());
      // Then
      assertThat(done.dest().orElseThrow().inlinedEmbedContentResponses().orElseThrow())
          .hasSize(2)
          .allSatisfy(
              each ->
                  assertThat(
                          each.response()
                              .orElseThrow()
                              .embedding()
                              .orElseThrow()
                              .values()
                              .orElseThrow())
                      .hasSize(8));
      assertThat(atOnce.embeddings().orElseThrow().getFirst().values().orElseThrow()).hasSize(8);
    }
  }

  @Test
  void aBatchIsCancelledAndListed() throws IOException {
    String stuck = "{match: {call: create_batch}, do: {job: {stuck: running}}}";
    try (Simulator simulator =
            Simulator.start(SimulatorConfig.defaults().withFaults(FaultJson.read(stuck)));
        Client client = client(simulator)) {
      // Given
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        BatchJobSource source =
            BatchJobSource.builder().inlinedRequests(List.of(inline("a", "Why?"))).build();
        names.addFirst(client.batches.create(MODEL, source, named("n" + i)).name().orElseThrow());
      }
      awaitState(client, names.getFirst(), JobState.Known.JOB_STATE_RUNNING);
      // When
      client.batches.cancel(names.getFirst(), null);
      BatchJob cancelled = awaitState(client, names.getFirst(), JobState.Known.JOB_STATE_CANCELLED);
      List<String> listed = new ArrayList<>();
      client
          .batches
          .list(ListBatchJobsConfig.builder().pageSize(2).build())
          .forEach(job -> listed.add(job.name().orElseThrow()));
      // Then
      assertThat(cancelled.dest()).isEmpty();
      assertThat(listed).isEqualTo(names);
    }
  }

  @Test
  void contentIsGeneratedAtOnce() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults());
        Client client = client(simulator)) {
      // When
      GenerateContentResponse response =
          client.models.generateContent(
              MODEL,
              "Why?",
              GenerateContentConfig.builder().cachedContent("cachedContents/a").build());
      // Then
      assertThat(response.text()).startsWith("Simulated answer to: Why?");
      assertThat(response.usageMetadata().orElseThrow().cachedContentTokenCount().orElseThrow())
          .isGreaterThanOrEqualTo(1024);
    }
  }

  @Test
  void errorsAreTypedExceptions() throws IOException {
    // The SDK itself tries a call again after 408, 429 and 5xx; 501 it does not.
    String faults =
        """
        - {match: {call: get_batch, nth: 1}, do: {status: 501}}
        - {match: {call: create_batch}, do: {problem: insufficient_funds}}
        """;
    SimulatorConfig config =
        SimulatorConfig.defaults()
            .withKeys(Map.of("AIza-test", "p1"))
            .withFaults(FaultJson.read(faults));
    try (Simulator simulator = Simulator.start(config);
        Client client = client(simulator);
        Client wrong = client(simulator, "AIza-wrong")) {
      // When / Then
      assertThatThrownBy(() -> client.batches.get("batches/none", null))
          .isInstanceOfSatisfying(ServerException.class, e -> assertThat(e.code()).isEqualTo(501));
      assertThatThrownBy(() -> client.batches.get("batches/none", null))
          .isInstanceOfSatisfying(
              ClientException.class,
              e -> {
                assertThat(e.code()).isEqualTo(404);
                assertThat(e.status()).isEqualTo("NOT_FOUND");
              });
      assertThatThrownBy(
              () ->
                  client.batches.create(
                      MODEL,
                      BatchJobSource.builder()
                          .inlinedRequests(List.of(inline("a", "Why?")))
                          .build(),
                      named("poor")))
          .isInstanceOfSatisfying(
              ClientException.class, e -> assertThat(e.status()).isEqualTo("FAILED_PRECONDITION"));
      assertThatThrownBy(() -> wrong.batches.get("batches/none", null))
          .isInstanceOfSatisfying(
              ClientException.class, e -> assertThat(e.message()).startsWith("API key not valid"));
    }
  }
}
