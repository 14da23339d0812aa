package dev.offpeak.provider.account;

import dev.offpeak.runtime.config.Default;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a server that speaks OpenAI's files and batches API differs from OpenAI.
 *
 * @param endpoints that its batches take, as its lines spell them; absent or empty is {@code
 *     /v1/chat/completions}
 * @param completionWindow what a create says, {@code none} for nothing
 * @param purpose what an upload of an input file says
 * @param metadata whether a create may have metadata, which come back with the batch
 * @param lists whether files and batches can be listed: without it a create whose answer was lost
 *     is never made again
 * @param deletes whether files can be deleted
 */
public record CompatibleConfig(
    List<String> endpoints,
    @Default("24h") String completionWindow,
    @Default("batch") String purpose,
    @Default("true") boolean metadata,
    @Default("true") boolean lists,
    @Default("true") boolean deletes) {

  private static final Pattern ENDPOINT = Pattern.compile("/[!#-\\[\\]-{}~]+");
  private static final Pattern WORD = Pattern.compile("[\\w.-]{1,64}");

  /** As OpenAI does it. */
  public static final CompatibleConfig LIKE_OPENAI =
      new CompatibleConfig(List.of(), "24h", "batch", true, true, true);

  /** The completion window of a server whose creates have none. */
  public static final String NO_WINDOW = "none";

  public CompatibleConfig {
    endpoints = List.copyOf(endpoints);
    for (String endpoint : endpoints) {
      if (!ENDPOINT.matcher(endpoint).matches()) {
        throw new IllegalArgumentException(
            "endpoints has '"
                + endpoint
                + "'; an endpoint is a path of printable ASCII such as /v1/chat/completions");
      }
    }
    word("completion-window", completionWindow);
    word("purpose", purpose);
  }

  private static void word(String name, String value) {
    if (!WORD.matcher(value).matches()) {
      throw new IllegalArgumentException(
          name + " is '" + value + "'; it is a word of letters, digits and . _ - only");
    }
  }
}
