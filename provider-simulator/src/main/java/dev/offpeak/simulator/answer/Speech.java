package dev.offpeak.simulator.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the text of an answer. One per thread: it reuses a buffer. */
public final class Speech {
  private final Words words = new Words();

  /**
   * Writes a text, or a small JSON object in a text where that was asked for.
   *
   * @param topic the beginning of what was asked, may be empty
   * @param asJson whether the answer is to be JSON
   */
  public void write(JsonGenerator json, String topic, boolean asJson, long seed, long tokens)
      throws IOException {
    if (asJson) {
      json.writeString("{\"answer\":\"simulated\",\"tokens\":" + tokens + "}");
      return;
    }
    String opening = topic.isEmpty() ? "Simulated answer" : "Simulated answer to: " + topic;
    words.write(seed, opening, tokens);
    json.writeString(words.buffer(), 0, words.length());
  }
}
