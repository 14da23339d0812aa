package dev.offpeak.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.batches.BatchListParams;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The official clients for Java against a gateway. */
final class JavaClients {

  private static final String LINES =
      """
      {"custom_id":"a","method":"POST","url":"/v1/chat/completions",\
      "body":{"model":"gpt-4o-mini","messages":[{"role":"user","content":"from Java"}]}}
      """;

  private JavaClients() {}

  /** A batch from its upload to its results, lists to their end, and a stream. */
  static void openai(String root) throws IOException {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().baseUrl(root + "/v1").apiKey("any").maxRetries(0).build();
    // A stream has no length that the client knows: it is sent in chunks.
    InputStream content = new ByteArrayInputStream(LINES.getBytes(StandardCharsets.UTF_8));
    FileObject file =
        client
            .files()
            .create(
                FileCreateParams.builder()
                    .file(
                        MultipartField.<InputStream>builder()
                            .value(content)
                            .filename("in.jsonl")
                            .build())
                    .purpose(FilePurpose.BATCH)
                    .build());
    Batch made =
        client
            .batches()
            .create(
                BatchCreateParams.builder()
                    .inputFileId(file.id())
                    .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                    .completionWindow(BatchCreateParams.CompletionWindow._24H)
                    .build());
    Batch done =
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .until(
                () -> client.batches().retrieve(made.id()),
                batch -> batch.status().equals(Batch.Status.COMPLETED));
    try (HttpResponse output = client.files().content(done.outputFileId().orElseThrow())) {
      assertThat(new String(output.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"custom_id\":\"a\"");
    }
    // This client goes on until a page is empty, whatever the one before said.
    assertThat(client.batches().list(BatchListParams.builder().limit(1).build()).autoPager())
        .extracting(Batch::id)
        .contains(made.id())
        .doesNotHaveDuplicates();
    assertThat(client.files().delete(file.id()).deleted()).isTrue();
    try (StreamResponse<ChatCompletionChunk> stream =
        client
            .chat()
            .completions()
            .createStreaming(
                ChatCompletionCreateParams.builder()
                    .model("gpt-4o-mini")
                    .addUserMessage("Hello")
                    .build())) {
      assertThat(stream.stream().count()).isGreaterThan(2);
    }
  }

  /** A message. */
  static void anthropic(String root) {
    AnthropicClient client =
        AnthropicOkHttpClient.builder().baseUrl(root).apiKey("any").maxRetries(0).build();
    Message message =
        client
            .messages()
            .create(
                MessageCreateParams.builder()
                    .model("claude-haiku-4-5")
                    .maxTokens(300)
                    .addUserMessage("Hello")
                    .build());
    assertThat(message.validate().usage().outputTokens()).isPositive();
  }

  /** Content, by the paths of both versions. */
  static void gemini(String root) {
    for (String version : new String[] {"v1", "v1beta"}) {
      HttpOptions options = HttpOptions.builder().baseUrl(root).apiVersion(version).build();
      try (Client client = Client.builder().apiKey("any").httpOptions(options).build()) {
        assertThat(client.models.generateContent("gemini-2.5-flash", "Hello", null).text())
            .isNotEmpty();
      }
    }
  }
}
