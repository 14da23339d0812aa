package dev.offpeak.core.lane;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of request lines and of the outcomes that answer them. A shape is called after the
 * provider who has it first; others speak it too. In the order in which a line is looked at.
 */
public enum LineShape {
  /** {@code params} of a message, with an id beside it. */
  ANTHROPIC(
      "Anthropic",
      "{\"custom_id\",\"params\"}",
      Set.of("params"),
      List.of("/v1/messages"),
      true,
      ""),
  /** The {@code body} of a call, and its {@code url}. */
  OPENAI(
      "OpenAI",
      "{\"custom_id\",\"method\":\"POST\",\"url\",\"body\"}",
      Set.of("body", "url", "method"),
      List.of(
          "/v1/responses",
          "/v1/chat/completions",
          "/v1/embeddings",
          "/v1/completions",
          "/v1/moderations",
          "/v1/images/generations",
          "/v1/images/edits",
          "/v1/videos"),
      false,
      ""),
  /** A {@code request} under a {@code key}; the model may stand elsewhere. */
  GEMINI(
      "Gemini",
      "{\"key\",\"request\"}",
      Set.of("request", "key"),
      List.of("generateContent", "embedContent"),
      false,
      "models/");

  private final String title;
  private final String example;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> names;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> endpoints;

  private final boolean hasEditions;
  private final String folder;

  LineShape(
      String title,
      String example,
      Set<String> names,
      List<String> endpoints,
      boolean hasEditions,
      String folder) {
    this.title = title;
    this.example = example;
    this.names = names;
    this.endpoints = endpoints;
    this.hasEditions = hasEditions;
    this.folder = folder;
  }

  /** Whose lines have that name at their top level, or null when nobody's have. */
  public static @Nullable LineShape ofNames(Set<String> found) {
    for (LineShape shape : values()) {
      if (shape.names.stream().anyMatch(found::contains)) {
        return shape;
      }
    }
    return null;
  }

  /** Whose endpoint that is; one that is listed nowhere is that of a server like OpenAI's. */
  public static LineShape ofEndpoint(String endpoint) {
    for (LineShape shape : values()) {
      if (shape.endpoints.contains(endpoint)) {
        return shape;
      }
    }
    return OPENAI;
  }

  /** Every shape, for a person. */
  public static String examples() {
    return Arrays.stream(values())
        .map(shape -> shape.example + " (" + shape.title + ")")
        .collect(Collectors.joining(", "));
  }

  /** Who has it first; named where no account is known. */
  public Provider home() {
    return Provider.of(name().toLowerCase(Locale.ROOT));
  }

  /** A line of it, for a person. */
  public String example() {
    return example;
  }

  /** As its inventor is called. */
  public String title() {
    return title;
  }

  /** Endpoints that everybody knows whose lines have it. */
  public List<String> endpoints() {
    return endpoints;
  }

  /** Whether a request may ask for an edition of the API, by headers. */
  public boolean hasEditions() {
    return hasEditions;
  }

  /** Whether the model may stand beside the body, in a header or a field of the record. */
  public boolean namesModelApart() {
    return !folder.isEmpty();
  }

  /** The model's name without the folder of its resource name, such as {@code models/}. */
  public @Nullable String modelName(@Nullable String model) {
    return model != null && !folder.isEmpty() && model.startsWith(folder)
        ? model.substring(folder.length())
        : model;
  }
}
