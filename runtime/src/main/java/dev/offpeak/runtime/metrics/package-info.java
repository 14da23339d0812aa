/** Metrics that are defined in one place and documented. */
@NullMarked
package dev.offpeak.runtime.metrics;

import org.jspecify.annotations.NullMarked;
