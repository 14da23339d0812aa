package dev.offpeak.submitter.config;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;

/**
 * How large things may be.
 *
 * @param requestBytes the largest request record; the same number for every service
 */
public record LimitsConfig(@Default("8MiB") ByteSize requestBytes) {}
