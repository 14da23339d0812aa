/** Anthropic's message batches: what is asked for, and the calls on them. */
@NullMarked
package dev.offpeak.simulator.anthropic.batch;

import org.jspecify.annotations.NullMarked;
