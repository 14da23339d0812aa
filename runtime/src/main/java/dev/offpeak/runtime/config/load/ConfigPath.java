package dev.offpeak.runtime.config.load;

import java.util.Locale;

/**
 * Where a setting stands, in the file's words and as a variable of the environment.
 *
 * @param dotted such as {@code accounts.openai.base-url} or {@code lanes[0].model}; empty at the
 *     root
 * @param variable such as {@code OFFPEAK_ACCOUNTS_OPENAI_BASE_URL} or {@code OFFPEAK_LANES_0_MODEL}
 */
record ConfigPath(String dotted, String variable) {

  static final ConfigPath ROOT = new ConfigPath("", "OFFPEAK");

  ConfigPath child(String key) {
    return new ConfigPath(
        dotted.isEmpty() ? key : dotted + "." + key, variable + "_" + asVariable(key));
  }

  ConfigPath index(int index) {
    return new ConfigPath(dotted + "[" + index + "]", variable + "_" + index);
  }

  private static String asVariable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** The key of a record component: {@code bootstrapServers} is {@code bootstrap-servers}. */
  static String kebab(String componentName) {
    return componentName.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
