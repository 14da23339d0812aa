/** Anthropic's Message Batches and Messages API, strictly. */
@NullMarked
package dev.offpeak.simulator.anthropic;

import org.jspecify.annotations.NullMarked;
