package dev.offpeak.standalone.dataset;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the request of each record is made of.
 *
 * @param model that is asked
 * @param prompt the user's message
 * @param system the system message, or null for none
 * @param maxTokens the longest answer, or null to leave it to the model
 * @param customId of the request, or null for the prefix and the number of the record
 * @param idPrefix before the number
 */
public record ChatShape(
    String model,
    Template prompt,
    @Nullable Template system,
    @Nullable Integer maxTokens,
    @Nullable Template customId,
    String idPrefix) {

  String customId(long number, Map<String, String> fields) throws UnusableRecord {
    return customId == null ? idPrefix + "-" + number : customId.fill(fields);
  }
}
