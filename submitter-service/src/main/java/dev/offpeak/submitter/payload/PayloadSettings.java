package dev.offpeak.submitter.payload;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import java.time.Duration;

/**
 * How uploads read llm.lanes.
 *
 * @param fetchBytes that one upload asks the broker for at a time; a larger record comes alone
 * @param budget memory that all uploads of this process may take together; further uploads wait
 * @param brokerPatience how long an upload waits for records that do not come before it fails
 */
public record PayloadSettings(
    @Default("4MiB") ByteSize fetchBytes,
    @Default("64MiB") ByteSize budget,
    @Default("30s") Duration brokerPatience) {

  public PayloadSettings {
    if (fetchBytes.bytes() < 1 || budget.compareTo(fetchBytes) < 0) {
      throw new IllegalArgumentException(
          "fetch-bytes is %s and budget %s; fetch-bytes must be positive and the smaller"
              .formatted(fetchBytes, budget));
    }
    if (!brokerPatience.isPositive()) {
      throw new IllegalArgumentException(
          "broker-patience is " + brokerPatience + "; it must be positive");
    }
  }

  /** What is used when nothing is configured. */
  public static PayloadSettings defaults() {
    return new PayloadSettings(
        ByteSize.parse("4MiB"), ByteSize.parse("64MiB"), Duration.ofSeconds(30));
  }
}
