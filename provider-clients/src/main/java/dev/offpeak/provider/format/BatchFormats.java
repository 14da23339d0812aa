package dev.offpeak.provider.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.BatchFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The input file format of each provider (docs/providers A1, B1, C1). */
public final class BatchFormats {

  private static final BatchFormat OPENAI = openAi(Lane::endpoint);
  private static final BatchFormat ANTHROPIC =
      new FramedFormat(
          "{\"requests\":[", "{\"custom_id\":\"", always("\",\"params\":"), "}", ",", "]}");
  private static final BatchFormat GEMINI =
      new FramedFormat("", "{\"key\":\"", always("\",\"request\":"), "}\n", "", "");

  private BatchFormats() {}

  /** The format of that provider; it has no state and may be shared by threads. */
  public static BatchFormat of(Provider provider) {
    return switch (provider) {
      case OPENAI -> OPENAI;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
    };
  }

  /**
   * OpenAI's format as a server takes it that spells endpoints in its own way; its files may differ
   * in size from those that {@link #of} describes by the same number of bytes a line.
   */
  public static BatchFormat openAi(Function<Lane, String> spelling) {
    return new FramedFormat("", "{\"custom_id\":\"", openAiEndpoint(spelling), "}\n", "", "");
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
