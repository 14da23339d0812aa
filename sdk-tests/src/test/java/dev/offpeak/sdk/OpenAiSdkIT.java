package dev.offpeak.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.fault.FaultJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** openai-java: files, batches, synchronous calls, errors as typed exceptions. */
class OpenAiSdkIT {
  private static OpenAIClient client(Simulator simulator, String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(simulator.baseUri().toString())
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  private static OpenAIClient client(Simulator simulator) {
    return client(simulator, "sk-test");
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                """
                {"custom_id":"c%d","method":"POST","url":"/v1/chat/completions",\
                "body":{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hi %d"}]}}
                """
                    .formatted(i, i))
        .collect(Collectors.joining());
  }

  private static FileObject upload(OpenAIClient client, String content) {
    MultipartField<java.io.InputStream> file =
        MultipartField.<java.io.InputStream>builder()
            .value(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
            .filename("input.jsonl")
            .build();
    return client
        .files()
        .create(FileCreateParams.builder().file(file).purpose(FilePurpose.BATCH).build());
  }

  private static Batch create(OpenAIClient client, String fileId) {
    return client
        .batches()
        .create(
            BatchCreateParams.builder()
                .inputFileId(fileId)
                .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                .completionWindow(BatchCreateParams.CompletionWindow._24H)
                .metadata(
                    BatchCreateParams.Metadata.builder()
                        .putAdditionalProperty("job", JsonValue.from("j1"))
                        .build())
                .build());
  }

  private static Batch await(OpenAIClient client, String id, Batch.Status status) {
    return org.awaitility.Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> client.batches().retrieve(id), batch -> batch.status().equals(status));
  }

  @Test
  void aBatchFromItsUploadToItsResults() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      OpenAIClient client = client(simulator);
      // When
      FileObject file = upload(client, lines(20));
      Batch created = create(client, file.id());
      Batch completed =
          org.awaitility.Awaitility.await()
              .atMost(Duration.ofMinutes(5))
              .until(
                  () -> client.batches().retrieve(created.id()),
                  batch -> batch.outputFileId().isPresent());
      String results;
      try (HttpResponse content = client.files().content(completed.outputFileId().orElseThrow())) {
        results = new String(content.body().readAllBytes(), StandardCharsets.UTF_8);
      }
      // Then
      assertThat(created.validate().status()).isEqualTo(Batch.Status.VALIDATING);
      assertThat(completed.validate().requestCounts().orElseThrow().completed()).isEqualTo(20);
      assertThat(completed.metadata().orElseThrow().toString()).contains("job=j1");
      assertThat(completed.usage().orElseThrow().totalTokens()).isPositive();
      assertThat(results.lines()).hasSize(20);
      assertThat(client.batches().list().autoPager()).extracting(Batch::id).contains(created.id());
      assertThat(client.files().list().autoPager()).hasSize(2);
      assertThat(client.files().delete(file.id()).deleted()).isTrue();
    }
  }

  @Test
  void aBatchIsCancelledOrFails() throws IOException {
    String stuck = "{match: {call: create_batch, nth: 1}, do: {job: {stuck: in_progress}}}";
    try (Simulator simulator =
        Simulator.start(SimulatorConfig.defaults().withFaults(FaultJson.read(stuck)))) {
      // Given
      OpenAIClient client = client(simulator);
      Batch running = create(client, upload(client, lines(3)).id());
      await(client, running.id(), Batch.Status.IN_PROGRESS);
      // When
      client.batches().cancel(running.id());
      Batch cancelled = await(client, running.id(), Batch.Status.CANCELLED);
      Batch failing = create(client, upload(client, "{}\n").id());
      Batch failed = await(client, failing.id(), Batch.Status.FAILED);
      // Then
      assertThat(cancelled.validate().cancelledAt()).isPresent();
      assertThat(failed.validate().errors().orElseThrow().data().orElseThrow().getFirst().code())
          .contains("missing_required_parameter");
    }
  }

  @Test
  void synchronousCallsAreAnswered() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      OpenAIClient client = client(simulator);
      // When
      ChatCompletion chat =
          client
              .chat()
              .completions()
              .create(
                  ChatCompletionCreateParams.builder()
                      .model("gpt-4o-mini")
                      .addUserMessage("Why?")
                      .build());
      Response response =
          client
              .responses()
              .create(ResponseCreateParams.builder().model("gpt-5").input("Why?").build());
      CreateEmbeddingResponse embeddings =
          client
              .embeddings()
              .create(
                  EmbeddingCreateParams.builder()
                      .model("text-embedding-3-small")
                      .inputOfArrayOfStrings(List.of("a", "b"))
                      .dimensions(8)
                      .build());
      // Then
      assertThat(chat.validate().choices().getFirst().message().content().orElseThrow())
          .startsWith("Simulated answer to: Why?");
      assertThat(response.validate().usage().orElseThrow().outputTokens()).isPositive();
      assertThat(embeddings.validate().data()).hasSize(2);
      assertThat(embeddings.data().getFirst().embedding()).hasSize(8);
    }
  }

  @Test
  void errorsAreTypedExceptions() throws IOException {
    String faults =
        """
        - {match: {call: list_batches, nth: 1}, do: {problem: rate_limit, retry: {after_ms: 7000, as: seconds}}}
        - {match: {call: list_batches, nth: 2}, do: {problem: server_error}}
        """;
    SimulatorConfig config =
        SimulatorConfig.defaults()
            .withKeys(Map.of("sk-test", "org-1"))
            .withFaults(FaultJson.read(faults));
    try (Simulator simulator = Simulator.start(config)) {
      // Given
      OpenAIClient client = client(simulator);
      // When / Then
      assertThatThrownBy(() -> client.batches().list())
          .isInstanceOfSatisfying(
              RateLimitException.class,
              e -> assertThat(e.headers().values("retry-after")).containsExactly("7"));
      assertThatThrownBy(() -> client.batches().list()).isInstanceOf(InternalServerException.class);
      assertThatThrownBy(() -> client.batches().retrieve("batch_none"))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(
              () ->
                  client
                      .chat()
                      .completions()
                      .create(
                          ChatCompletionCreateParams.builder()
                              .model("m")
                              .messages(List.of())
                              .build()))
          .isInstanceOfSatisfying(
              BadRequestException.class, e -> assertThat(e.code()).contains("empty_array"));
      assertThatThrownBy(() -> client(simulator, "sk-wrong").batches().list())
          .isInstanceOfSatisfying(
              UnauthorizedException.class, e -> assertThat(e.code()).contains("invalid_api_key"));
    }
  }
}
