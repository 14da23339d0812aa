package dev.offpeak.simulator;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Input lines for tests. */
final class Lines {
  private Lines() {}

  static String chat(String customId, String text) {
    return line(
        customId,
        "/v1/chat/completions",
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(text));
  }

  static String line(String customId, String url, String body) {
    return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":%s}\n"
        .formatted(customId, url, body);
  }

  /** That many chat lines with the ids {@code c0}, {@code c1}, … */
  static String chats(int count) {
    return chats(count, "");
  }

  static String chats(int count, String padding) {
    return IntStream.range(0, count)
        .mapToObj(i -> chat("c" + i, "question " + i + padding))
        .collect(Collectors.joining());
  }
}
