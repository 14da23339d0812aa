package dev.offpeak.simulator.openai.run;

import java.util.Locale;
import java.util.Map;

/**
 * What can be wrong with an input file. The names were seen in answers of the real API, except
 * those marked as not certain, which are Azure's documented ones or a guess; each can be renamed.
 */
enum ValidationCode {
  INVALID_JSON_LINE,
  MISSING_REQUIRED_PARAMETER,
  MISMATCHED_MODEL,
  DUPLICATE_CUSTOM_ID,
  TOKEN_LIMIT_EXCEEDED,
  /** The file is unknown, deleted or not for batches. */
  INVALID_REQUEST,
  MODEL_NOT_FOUND,
  /** Not certain. */
  INVALID_URL,
  /** Not certain. */
  INVALID_METHOD,
  /** Not certain. */
  INVALID_CUSTOM_ID,
  /** Not certain. */
  UNSUPPORTED_PARAMETER,
  /** Azure's name. */
  EMPTY_FILE,
  /** Azure's name. */
  TOO_MANY_TASKS;

  /** The code in JSON. */
  String wire(Map<String, String> renamed) {
    String name = name().toLowerCase(Locale.ROOT);
    return renamed.getOrDefault(name, name);
  }
}
