package dev.offpeak.ingest.openapi;

import static dev.offpeak.ingest.openapi.Operation.delete;
import static dev.offpeak.ingest.openapi.Operation.get;
import static dev.offpeak.ingest.openapi.Operation.post;

import java.util.List;
import java.util.stream.Stream;

/**
 * All operations: each route has one entry here, and a test fails when one lacks it. OpenAI's paths
 * stand here as they are below {@code /v1}; they are served without it and below {@code /openai/v1}
 * as well.
 */
final class Operations {
  private static final String OFFPEAK = "Offpeak";
  private static final String OPENAI = "OpenAI";
  private static final String AZURE = "Azure OpenAI";
  private static final String ANTHROPIC = "Anthropic";
  private static final String GEMINI = "Gemini";
  private static final String DEPLOYMENT = "/openai/deployments/{model}";
  private static final String MODEL = "/v1beta/models/{model}";

  private Operations() {}

  static List<Operation> all() {
    return Stream.of(own(), openai(), azure(), anthropic(), gemini())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Operation> own() {
    return List.of(
        post("/v1/requests", OFFPEAK, "Takes requests, one a line, for llm.requests")
            .taking(Operation.LINES),
        get("/v1/requests", OFFPEAK, "Requests of a batch", "batch_id", "state", "limit", "after"),
        get("/v1/requests/{id}", OFFPEAK, "Where a request is, or its outcome", "batch_id"),
        post("/v1/requests/{id}/cancel", OFFPEAK, "Cancels a request that waits").ofNothing(),
        get("/openapi.json", OFFPEAK, "This description"));
  }

  private static List<Operation> openai() {
    return List.of(
        post("/v1/chat/completions", OPENAI, "A chat completion, at once or by a batch"),
        get("/v1/chat/completions/{id}", OPENAI, "A chat completion that waits"),
        post("/v1/responses", OPENAI, "A response, at once or by a batch"),
        get("/v1/responses/{id}", OPENAI, "A response that waits, or in the background"),
        post("/v1/responses/{id}/cancel", OPENAI, "Cancels a response in the background")
            .ofNothing(),
        post("/v1/embeddings", OPENAI, "Embeddings, at once or by a batch"),
        post("/v1/completions", OPENAI, "A text completion, at once or by a batch"),
        post("/v1/moderations", OPENAI, "A moderation, at once or by a batch"),
        get("/v1/models", OPENAI, "Models; in Anthropic's shape where anthropic-version is sent"),
        get("/v1/models/{model}", OPENAI, "A model"),
        post("/v1/files", OPENAI, "Stores a file").taking("multipart/form-data"),
        get("/v1/files", OPENAI, "Files", "purpose", "limit", "order", "after"),
        get("/v1/files/{id}", OPENAI, "A file"),
        delete("/v1/files/{id}", OPENAI, "Deletes a file"),
        get("/v1/files/{id}/content", OPENAI, "What a file holds")
            .giving("application/octet-stream"),
        post("/v1/uploads", OPENAI, "Begins a file that comes in parts"),
        get("/v1/uploads/{id}", OPENAI, "Such a file"),
        post("/v1/uploads/{id}/parts", OPENAI, "Takes a part").taking("multipart/form-data"),
        post("/v1/uploads/{id}/complete", OPENAI, "Makes a file of parts"),
        post("/v1/uploads/{id}/cancel", OPENAI, "Gives it up").ofNothing(),
        post("/v1/batches", OPENAI, "Makes a batch of a file"),
        get("/v1/batches", OPENAI, "Batches", "limit", "after"),
        get("/v1/batches/{id}", OPENAI, "A batch"),
        post("/v1/batches/{id}/cancel", OPENAI, "Cancels a batch").ofNothing());
  }

  private static List<Operation> azure() {
    return List.of(
        post(DEPLOYMENT + "/chat/completions", AZURE, "A chat completion"),
        post(DEPLOYMENT + "/completions", AZURE, "A text completion"),
        post(DEPLOYMENT + "/embeddings", AZURE, "Embeddings"));
  }

  private static List<Operation> anthropic() {
    return List.of(
        post("/v1/messages", ANTHROPIC, "A message"),
        post("/v1/messages/count_tokens", ANTHROPIC, "Counts the tokens of a message"),
        post("/v1/messages/batches", ANTHROPIC, "Makes a batch of messages"),
        get(
            "/v1/messages/batches",
            ANTHROPIC,
            "Batches of messages",
            "limit",
            "after_id",
            "before_id"),
        get("/v1/messages/batches/{id}", ANTHROPIC, "A batch of messages"),
        delete("/v1/messages/batches/{id}", ANTHROPIC, "Deletes a batch that has ended"),
        post("/v1/messages/batches/{id}/cancel", ANTHROPIC, "Cancels a batch").ofNothing(),
        get("/v1/messages/batches/{id}/results", ANTHROPIC, "Results of a batch that has ended")
            .giving("application/x-jsonl"));
  }

  private static List<Operation> gemini() {
    return List.of(
        post(MODEL + ":generateContent", GEMINI, "Content"),
        post(MODEL + ":streamGenerateContent", GEMINI, "Content, as a stream"),
        post(MODEL + ":countTokens", GEMINI, "Counts the tokens of contents"),
        post(MODEL + ":embedContent", GEMINI, "An embedding"),
        post(MODEL + ":batchEmbedContents", GEMINI, "Embeddings"),
        post("/v1beta/tunedModels/{model}:generateContent", GEMINI, "Content of a tuned model"),
        post(MODEL + ":batchGenerateContent", GEMINI, "Makes a batch of contents"),
        post(MODEL + ":asyncBatchEmbedContent", GEMINI, "Makes a batch of embeddings"),
        get("/v1beta/batches", GEMINI, "Batches, as operations", "pageSize", "pageToken"),
        get("/v1beta/batches/{id}", GEMINI, "A batch, as an operation"),
        delete("/v1beta/batches/{id}", GEMINI, "Deletes a batch; it is not cancelled by that"),
        post("/v1beta/batches/{id}:cancel", GEMINI, "Cancels a batch").ofNothing(),
        post("/upload/v1beta/files", GEMINI, "Begins an upload, or takes a piece of one"),
        get("/v1beta/files", GEMINI, "Files", "pageSize", "pageToken"),
        get("/v1beta/files/{id}", GEMINI, "A file"),
        delete("/v1beta/files/{id}", GEMINI, "Deletes a file"),
        get("/v1beta/files/{id}:download", GEMINI, "What a file holds", "alt")
            .giving("application/octet-stream"),
        get("/download/v1beta/files/{id}:download", GEMINI, "What a file holds", "alt")
            .giving("application/octet-stream"),
        get("/v1beta/models", GEMINI, "Models", "pageSize", "pageToken"),
        get("/v1beta/models/{model}", GEMINI, "A model"));
  }
}
