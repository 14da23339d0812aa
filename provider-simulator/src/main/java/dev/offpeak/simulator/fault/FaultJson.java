package dev.offpeak.simulator.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.offpeak.simulator.json.SettingsText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rules as JSON or YAML: one, or a list of them. */
public final class FaultJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
          .addMixIn(FaultRule.class, RuleNames.class)
          .build();

  private FaultJson() {}

  /** {@code do} is a reserved word of Java. */
  private interface RuleNames {
    @JsonProperty("do")
    FaultAction then();
  }

  /** Reads rules; see {@link #read(byte[])}. */
  public static List<FaultRule> read(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException when the text is no list of rules; the message says why
   */
  public static List<FaultRule> read(byte[] json) {
    try {
      return List.of(MAPPER.treeToValue(SettingsText.parse(json), FaultRule[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No fault rule: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("No fault rule: " + e.getMessage(), e);
    }
  }

  /** Writes rules with their counts. */
  public static byte[] write(List<Faults.FaultCount> rules) {
    try {
      return MAPPER.writeValueAsBytes(rules);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Fault rules cannot be written", e);
    }
  }
}
