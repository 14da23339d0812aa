package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.offpeak.provider.call.JsonCalls;
import java.net.http.HttpResponse;

/**
 * How an upload stands after a call of its session.
 *
 * @param isFinal whether the file is made
 * @param isActive whether more is awaited; an answer that says neither did not reach the upload
 * @param received bytes that arrived, when it was asked for
 * @param file the file, missing where the answer has none (python-genai#1248)
 */
record UploadReply(boolean isFinal, boolean isActive, long received, JsonNode file) {

  static UploadReply read(JsonCalls calls, HttpResponse<byte[]> response) {
    String status = response.headers().firstValue("x-goog-upload-status").orElse("");
    long received = response.headers().firstValueAsLong("x-goog-upload-size-received").orElse(0);
    boolean isFinal = status.equalsIgnoreCase("final");
    return new UploadReply(
        isFinal,
        status.equalsIgnoreCase("active"),
        received,
        isFinal ? file(calls, response) : MissingNode.getInstance());
  }

  private static JsonNode file(JsonCalls calls, HttpResponse<byte[]> response) {
    try {
      return calls.json(response).path("file");
    } catch (IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }
}
