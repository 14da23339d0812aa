package dev.offpeak.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.InputFile.State;
import dev.offpeak.provider.call.JsonText;
import dev.offpeak.provider.foreign.ForeignNumbers;
import dev.offpeak.provider.foreign.ForeignTimes;
import java.time.Instant;
import java.util.Locale;

/** File objects, OpenAI's and Azure's, which reads a file before it takes a create for it. */
final class OpenAiFiles {

  private OpenAiFiles() {}

  /**
   * Reads a File object.
   *
   * @param seenAt stands in for a time of creation that is not told
   * @throws IllegalArgumentException when it has no id
   */
  static InputFile read(JsonNode file, Instant seenAt) {
    String id = JsonText.find(file, "id");
    if (id == null) {
      throw new IllegalArgumentException("a file without id");
    }
    return new InputFile(
        id,
        file.path("filename").asText(""),
        Math.max(0, ForeignNumbers.read(file.path("bytes"), Long.MAX_VALUE)),
        ForeignTimes.or(ForeignTimes.seconds(file.path("created_at")), seenAt),
        state(JsonText.find(file, "status", "")));
  }

  /** OpenAI calls the field deprecated, so that a word that nobody knows holds nothing up. */
  private static State state(String status) {
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "pending", "processing", "running", "not_running", "notrunning", "queued" ->
          State.PENDING;
      case "uploaded" -> State.UPLOADED;
      case "error", "failed", "deleted", "deleting" -> State.FAILED;
      default -> State.READY;
    };
  }
}
