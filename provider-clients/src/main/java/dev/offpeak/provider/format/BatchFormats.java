package dev.offpeak.provider.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.provider.BatchFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The formats of input files. They have no state and may be shared by threads. */
public final class BatchFormats {

  /** OpenAI's; the endpoint stands in each line (docs/providers A1). */
  public static final BatchFormat OPENAI = openAi(Lane::endpoint, null);

  /** Anthropic's (docs/providers B1). */
  public static final BatchFormat ANTHROPIC =
      new FramedFormat(
          "{\"requests\":[", "{\"custom_id\":\"", always("\",\"params\":"), "}", ",", "]}", null);

  /** Gemini's (docs/providers C1). */
  public static final BatchFormat GEMINI =
      new FramedFormat("", "{\"key\":\"", always("\",\"request\":"), "}\n", "", "", null);

  private BatchFormats() {}

  /**
   * OpenAI's format as a server takes it that spells endpoints in its own way.
   *
   * @param usual what its batches are measured in; null for this format itself
   */
  public static BatchFormat openAi(Function<Lane, String> spelling, @Nullable BatchFormat usual) {
    return new FramedFormat(
        "", "{\"custom_id\":\"", openAiEndpoint(spelling), "}\n", "", "", usual);
  }

  private static Function<Lane, byte[]> always(String frame) {
    byte[] bytes = frame.getBytes(UTF_8);
    return lane -> bytes;
  }

  /** OpenAI repeats the endpoint in each line; there are a handful, so each frame is made once. */
  private static Function<Lane, byte[]> openAiEndpoint(Function<Lane, String> spelling) {
    Map<String, byte[]> frames = new ConcurrentHashMap<>();
    return lane -> frames.computeIfAbsent(spelling.apply(lane), BatchFormats::openAiFrame);
  }

  private static byte[] openAiFrame(String endpoint) {
    if (!endpoint.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\')) {
      throw new IllegalArgumentException(
          "endpoint '" + endpoint + "' must be a path of printable ASCII such as /v1/responses");
    }
    return ("\",\"method\":\"POST\",\"url\":\"" + endpoint + "\",\"body\":").getBytes(UTF_8);
  }
}
