/** OpenAI's batches: the record, where it is kept, and the calls on it. */
@NullMarked
package dev.offpeak.simulator.openai.batch;

import org.jspecify.annotations.NullMarked;
