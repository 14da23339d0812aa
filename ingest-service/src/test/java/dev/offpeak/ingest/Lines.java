package dev.offpeak.ingest;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Request lines to send. */
final class Lines {

  private Lines() {}

  /** A good line with that custom id. */
  static String chat(String customId) {
    return chat(customId, "hello");
  }

  /** A good line with that custom id and question. */
  static String chat(String customId, String question) {
    return """
    {"custom_id":"%s","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4.1-mini","messages":[{"role":"user","content":"%s"}]}}\
    """
        .formatted(customId, question);
  }

  /** Good lines named r1, r2 and so on, each with a line feed. */
  static String chats(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> chat("r" + i) + "\n")
        .collect(Collectors.joining());
  }
}
