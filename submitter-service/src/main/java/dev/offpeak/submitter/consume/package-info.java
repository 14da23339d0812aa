/** The consumer group of llm.batches: which partitions this process owns. */
@NullMarked
package dev.offpeak.submitter.consume;

import org.jspecify.annotations.NullMarked;
