/** Sealed batches: what is kept of them in memory, and reading them back from llm.batches. */
@NullMarked
package dev.offpeak.submitter.batch;

import org.jspecify.annotations.NullMarked;
