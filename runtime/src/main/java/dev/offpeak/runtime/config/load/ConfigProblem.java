package dev.offpeak.runtime.config.load;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the configuration.
 *
 * @param path the setting, such as {@code kafka.bootstrap-servers}; empty when it is the whole file
 * @param value what was found, masked when it may be secret; null when nothing was
 * @param rule what was expected
 * @param remedy what to do about it
 */
public record ConfigProblem(String path, @Nullable String value, String rule, String remedy) {

  @Override
  public String toString() {
    var found = value == null ? "" : " is '" + value + "'";
    return (path.isEmpty() ? "" : path + found + ": ")
        + rule
        + ". "
        + remedy
        + (remedy.endsWith("?") ? "" : ".");
  }
}
