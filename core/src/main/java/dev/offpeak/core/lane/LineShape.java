package dev.offpeak.core.lane;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of request lines and of the outcomes that answer them. A shape is called after the
 * provider who has it first; others speak it too.
 */
public enum LineShape {
  /** The {@code body} of a call, and its {@code url}. */
  OPENAI(
      "OpenAI",
      "{\"custom_id\",\"method\",\"url\",\"body\"}",
      "body",
      Set.of("url", "method"),
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
  /** {@code params} of a message, with an id beside it. */
  ANTHROPIC(
      "Anthropic",
      "{\"custom_id\",\"params\"}",
      "params",
      Set.of(),
      List.of("/v1/messages"),
      true,
      ""),
  /** A {@code request} under a {@code key}; the model may stand elsewhere. */
  GEMINI(
      "Gemini",
      "{\"key\",\"request\"}",
      "request",
      Set.of("key"),
      List.of("generateContent", "embedContent"),
      false,
      "models/");

  private final String title;
  private final String example;
  private final String payload;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> names;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> endpoints;

  private final boolean hasEditions;
  private final String folder;

  LineShape(
      String title,
      String example,
      String payload,
      Set<String> names,
      List<String> endpoints,
      boolean hasEditions,
      String folder) {
    this.title = title;
    this.example = example;
    this.payload = payload;
    this.names = names;
    this.endpoints = endpoints;
    this.hasEditions = hasEditions;
    this.folder = folder;
  }

  /** Whose lines have such names at their top level, or null when nobody's have. */
  public static @Nullable LineShape ofNames(Set<String> found) {
    return find(shape -> found.contains(shape.payload))
        .or(() -> find(shape -> shape.names.stream().anyMatch(found::contains)))
        .orElse(null);
  }

  private static Optional<LineShape> find(Predicate<LineShape> wanted) {
    return Arrays.stream(values()).filter(wanted).findFirst();
  }

  /** Whose endpoint that is; one that is listed nowhere is that of a server like OpenAI's. */
  public static LineShape ofEndpoint(String endpoint) {
    return find(shape -> shape.endpoints.contains(endpoint)).orElse(OPENAI);
  }

  /** Every shape, for a person. */
  public static String examples() {
    List<String> all =
        Arrays.stream(values()).map(shape -> shape.example + " (" + shape.title + ")").toList();
    int last = all.size() - 1;
    return String.join(", ", all.subList(0, last)) + " or " + all.get(last);
  }

  /** Who has it first; named where no account is known. */
  public Provider home() {
    return Provider.of(name().toLowerCase(Locale.ROOT));
  }

  /** How to write a line of it, for a person. */
  public String template() {
    return example.replace(",", ", ").replace("\"method\"", "\"method\": \"POST\"");
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
