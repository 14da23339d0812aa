package dev.offpeak.ingest.budget;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.price.Price;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request may cost, before it is made: its bytes, three of which are a token, and as much
 * output as it allows, or as is usual where it does not say.
 *
 * @param model null when it names none
 * @param bytes of the body
 * @param mostOutput that it allows; 0 when it does not say
 */
public record Estimate(@Nullable String model, long bytes, long mostOutput) {

  /** Of output, where a request does not say. */
  private static final long USUAL_OUTPUT = 1_000;

  private static final int BYTES_OF_A_TOKEN = 3;
  private static final long MOST = 10_000_000;
  private static final Set<String> BODIES = Set.of("body", "params", "request");
  private static final Set<String> NESTS = Set.of("generationConfig", "generation_config");
  private static final Set<String> OUTPUT =
      Set.of("max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens");

  /** In a batch. */
  public long inBatch(Price price) {
    return price.batchCost(tokens());
  }

  /** At once. */
  public long atOnce(Price price) {
    return price.syncCost(tokens());
  }

  private TokenUsage tokens() {
    long output = mostOutput > 0 ? mostOutput : USUAL_OUTPUT;
    return new TokenUsage(bytes / BYTES_OF_A_TOKEN + 1, 0, 0, output, 0);
  }

  /** Of a body, or of a line that holds one. What can't be read is none and costs nothing. */
  public static Estimate of(byte[] json) {
    String model = null;
    long output = 0;
    try (JsonParser in = ForeignJson.parser(json)) {
      int depth = 0;
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          boolean isEntered =
              depth == 0
                  || (depth <= 2
                      && in.currentName() != null
                      && (BODIES.contains(in.currentName()) || NESTS.contains(in.currentName())));
          if (isEntered) {
            depth++;
          } else {
            in.skipChildren();
          }
        } else if (token == JsonToken.START_ARRAY) {
          in.skipChildren();
        } else if (token == JsonToken.END_OBJECT) {
          depth--;
        } else if (token == JsonToken.VALUE_STRING && "model".equals(in.currentName())) {
          model = in.getText();
        } else if (token == JsonToken.VALUE_NUMBER_INT && OUTPUT.contains(in.currentName())) {
          output = in.getTextLength() > 9 ? MOST : Math.clamp(in.getLongValue(), 0, MOST);
        }
      }
    } catch (IOException e) {
      return new Estimate(model, json.length, output);
    }
    return new Estimate(model, json.length, output);
  }
}
