package dev.offpeak.simulator.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.scan.TextTally;
import java.io.IOException;
import java.util.Optional;

/** Writes the text of an answer. One per thread: it reuses a buffer. */
public final class Speech {
  private final Words words = new Words();

  /**
   * Writes a text: one that the schema takes where there is one, or a small JSON object in a text
   * where only JSON was asked for.
   *
   * @param text the text of the request
   */
  public void write(JsonGenerator json, TextTally text, Form form, long seed, long tokens)
      throws IOException {
    Optional<String> fitting = form.text(seed);
    if (fitting.isPresent()) {
      json.writeString(fitting.get());
      return;
    }
    String topic = text.topic();
    if (text.wantsJson()) {
      json.writeString("{\"answer\":\"simulated\",\"tokens\":" + tokens + "}");
      return;
    }
    String opening = topic.isEmpty() ? "Simulated answer" : "Simulated answer to: " + topic;
    words.write(seed, opening, tokens);
    json.writeString(words.buffer(), 0, words.length());
  }
}
