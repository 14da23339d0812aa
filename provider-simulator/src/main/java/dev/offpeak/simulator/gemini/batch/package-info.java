/** Gemini's batches: what is asked for, the operation that is shown, and the calls on it. */
@NullMarked
package dev.offpeak.simulator.gemini.batch;

import org.jspecify.annotations.NullMarked;
