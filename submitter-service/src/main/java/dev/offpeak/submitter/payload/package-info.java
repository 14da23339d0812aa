/**
 * Input files of batches, streamed from llm.lanes by manifest: nothing is kept, memory does not
 * grow with the batch, and several uploads share a budget.
 */
@NullMarked
package dev.offpeak.submitter.payload;

import org.jspecify.annotations.NullMarked;
