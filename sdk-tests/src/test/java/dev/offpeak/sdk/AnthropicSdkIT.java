package dev.offpeak.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Usage;
import com.anthropic.models.messages.batches.BatchCreateParams;
import com.anthropic.models.messages.batches.BatchListPage;
import com.anthropic.models.messages.batches.BatchListParams;
import com.anthropic.models.messages.batches.MessageBatch;
import com.anthropic.models.messages.batches.MessageBatchIndividualResponse;
import com.anthropic.models.messages.batches.MessageBatchResult;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.fault.FaultJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** anthropic-java: message batches, messages, errors as typed exceptions. */
class AnthropicSdkIT {
  private static AnthropicClient client(Simulator simulator, String key) {
    return AnthropicOkHttpClient.builder()
        .baseUrl(simulator.rootUri().toString())
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  private static AnthropicClient client(Simulator simulator) {
    return client(simulator, "sk-ant-test");
  }

  private static BatchCreateParams.Request request(String customId, String model, long maxTokens) {
    return BatchCreateParams.Request.builder()
        .customId(customId)
        .params(
            BatchCreateParams.Request.Params.builder()
                .model(model)
                .maxTokens(maxTokens)
                .addUserMessage("Why " + customId + "?")
                .build())
        .build();
  }

  private static MessageBatch create(
      AnthropicClient client, BatchCreateParams.Request... requests) {
    BatchCreateParams.Builder params = BatchCreateParams.builder();
    for (BatchCreateParams.Request request : requests) {
      params.addRequest(request);
    }
    return client.messages().batches().create(params.build());
  }

  private static MessageBatch awaitEnded(AnthropicClient client, String id) {
    return await()
        .atMost(Duration.ofMinutes(5))
        .ignoreException(NotFoundException.class)
        .until(
            () -> client.messages().batches().retrieve(id),
            batch -> batch.processingStatus().equals(MessageBatch.ProcessingStatus.ENDED));
  }

  private static Map<String, MessageBatchResult> results(AnthropicClient client, String id) {
    return await()
        .ignoreException(NotFoundException.class)
        .until(
            () -> {
              try (StreamResponse<MessageBatchIndividualResponse> stream =
                  client.messages().batches().resultsStreaming(id)) {
                return stream.stream()
                    .collect(
                        Collectors.toMap(
                            MessageBatchIndividualResponse::customId,
                            MessageBatchIndividualResponse::result));
              }
            },
            found -> true);
  }

  @Test
  void aBatchFromItsCreateToItsResults() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      AnthropicClient client = client(simulator);
      // When
      MessageBatch created =
          create(
              client,
              request("a", "claude-haiku-4-5", 100),
              request("b", "claude-opus-5", 100),
              request("bad", "claude-opus-5", 0));
      MessageBatch ended = awaitEnded(client, created.id());
      Map<String, MessageBatchResult> results = results(client, created.id());
      // Then
      assertThat(created.validate().requestCounts().processing()).isEqualTo(3);
      assertThat(ended.validate().requestCounts().succeeded()).isEqualTo(2);
      assertThat(ended.resultsUrl()).isPresent();
      results.values().forEach(MessageBatchResult::validate);
      Message message = results.get("b").asSucceeded().message();
      assertThat(message.model().asString()).isEqualTo("claude-opus-5");
      assertThat(message.content().getFirst().asText().text())
          .startsWith("Simulated answer to: Why b?");
      assertThat(message.usage().serviceTier()).contains(Usage.ServiceTier.BATCH);
      assertThat(results.get("bad").asErrored().error().error().isInvalidRequestError()).isTrue();
      assertThat(client.messages().batches().delete(created.id()).id()).isEqualTo(created.id());
      assertThatThrownBy(() -> client.messages().batches().retrieve(created.id()))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @Test
  void aBatchIsCanceled() throws IOException {
    String stuck = "{match: {call: create_batch}, do: {job: {stuck: in_progress}}}";
    try (Simulator simulator =
        Simulator.start(SimulatorConfig.defaults().withFaults(FaultJson.read(stuck)))) {
      // Given
      AnthropicClient client = client(simulator);
      MessageBatch created = create(client, request("a", "claude-haiku-4-5", 100));
      await()
          .ignoreException(NotFoundException.class)
          .until(() -> client.messages().batches().retrieve(created.id()) != null);
      // When
      MessageBatch canceling = client.messages().batches().cancel(created.id());
      MessageBatch ended = awaitEnded(client, created.id());
      // Then
      assertThat(canceling.processingStatus()).isEqualTo(MessageBatch.ProcessingStatus.CANCELING);
      assertThat(ended.validate().requestCounts().canceled()).isEqualTo(1);
      assertThat(results(client, created.id()).get("a").isCanceled()).isTrue();
    }
  }

  @Test
  void batchesAreListedPageByPage() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      AnthropicClient client = client(simulator);
      for (int i = 0; i < 5; i++) {
        create(client, request("a", "claude-haiku-4-5", 100));
      }
      // When
      BatchListPage page =
          client.messages().batches().list(BatchListParams.builder().limit(2).build());
      // Then
      assertThat(page.data()).hasSize(2);
      assertThat(page.hasNextPage()).isTrue();
      assertThat(page.autoPager()).hasSize(5);
    }
  }

  @Test
  void aMessageIsAnsweredAtOnce() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // When
      Message message =
          client(simulator)
              .messages()
              .create(
                  MessageCreateParams.builder()
                      .model("claude-haiku-4-5")
                      .maxTokens(5)
                      .addUserMessage("Why?")
                      .build());
      // Then
      assertThat(message.validate().usage().outputTokens()).isEqualTo(5);
      assertThat(message.stopReason().orElseThrow().asString()).isEqualTo("max_tokens");
    }
  }

  @Test
  void errorsAreTypedExceptions() throws IOException {
    String faults =
        """
        - {match: {call: list_batches, nth: 1}, do: {problem: rate_limit, retry: {after_ms: 7000, as: seconds}}}
        - {match: {call: list_batches, nth: 2}, do: {problem: overloaded}}
        - {match: {call: list_batches, nth: 3}, do: {problem: insufficient_funds}}
        """;
    SimulatorConfig config =
        SimulatorConfig.defaults()
            .withKeys(Map.of("sk-ant-test", "org-1"))
            .withFaults(FaultJson.read(faults));
    try (Simulator simulator = Simulator.start(config)) {
      // Given
      AnthropicClient client = client(simulator);
      // When / Then
      assertThatThrownBy(() -> client.messages().batches().list())
          .isInstanceOfSatisfying(
              RateLimitException.class,
              e -> assertThat(e.headers().values("retry-after")).containsExactly("7"));
      assertThatThrownBy(() -> client.messages().batches().list())
          .isInstanceOfSatisfying(
              InternalServerException.class, e -> assertThat(e.statusCode()).isEqualTo(529));
      assertThatThrownBy(() -> client.messages().batches().list())
          .isInstanceOfSatisfying(
              AnthropicServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(402));
      assertThatThrownBy(() -> client.messages().batches().retrieve("msgbatch_none"))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> create(client, request("a b", "claude-haiku-4-5", 1)))
          .isInstanceOf(BadRequestException.class)
          .hasMessageContaining("String should match pattern");
      assertThatThrownBy(() -> client(simulator, "sk-wrong").messages().batches().list())
          .isInstanceOf(UnauthorizedException.class);
    }
  }
}
