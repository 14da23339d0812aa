/** OpenAI's files and batches API, strictly. */
@NullMarked
package dev.offpeak.simulator.openai;

import org.jspecify.annotations.NullMarked;
