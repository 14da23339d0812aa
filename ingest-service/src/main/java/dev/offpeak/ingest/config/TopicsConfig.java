package dev.offpeak.ingest.config;

import dev.offpeak.runtime.config.Default;

/**
 * How topics are called.
 *
 * @param prefix stands before every name, so that several installations share a cluster
 */
public record TopicsConfig(@Default("") String prefix) {

  /** The name of llm.requests. */
  public String requests() {
    return prefix + "llm.requests";
  }
}
