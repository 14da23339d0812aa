package dev.offpeak.system.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One request of a run: which model is asked, and what, follows from its number.
 *
 * @param run tells this run's bodies from another's
 * @param number from 0
 */
public record Question(String run, int number) {

  /** Over three providers and four accounts, so that there is work for every partition. */
  private static final String[] MODELS = {
    "gpt-4o-mini",
    "claude-haiku-4-5",
    "gemini-2.5-flash",
    "gpt-4.1",
    "claude-sonnet-4-5",
    "gemini-2.5-pro",
    "gpt-4.1-mini",
    "claude-haiku-4-5",
    "gemini-2.5-flash-lite"
  };

  /** That many for one model. */
  public static List<Question> about(String run, String model, int count) {
    int first = List.of(MODELS).indexOf(model);
    return IntStream.range(0, count)
        .mapToObj(i -> new Question(run, first + i * MODELS.length))
        .toList();
  }

  /** Unique within a run. */
  public String customId() {
    return run + "-" + number;
  }

  /** The model. */
  public String model() {
    return MODELS[number % MODELS.length];
  }

  /** A line in the shape of the model's own provider. */
  public String line() {
    String text = "What is " + number + " plus " + (number * 7L % 1000) + " in run " + run + "?";
    return switch (model().substring(0, 3)) {
      case "gpt" ->
          """
          {"custom_id":"%s","method":"POST","url":"/v1/chat/completions","body":{"model":"%s","max_tokens":20,"messages":[{"role":"user","content":"%s"}]}}\
          """
              .formatted(customId(), model(), text);
      case "cla" ->
          """
          {"custom_id":"%s","params":{"model":"%s","max_tokens":20,"messages":[{"role":"user","content":"%s"}]}}\
          """
              .formatted(customId(), model(), text);
      default ->
          """
          {"key":"%s","request":{"contents":[{"parts":[{"text":"%s"}]}],"generationConfig":{"maxOutputTokens":20}}}\
          """
              .formatted(customId(), text);
    };
  }

  /** The same as a record's value. */
  byte[] value() {
    return line().getBytes(UTF_8);
  }
}
