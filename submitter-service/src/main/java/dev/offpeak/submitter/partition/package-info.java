/** One partition of llm.batches while this process owns it: its waiting batches and its jobs. */
@NullMarked
package dev.offpeak.submitter.partition;

import org.jspecify.annotations.NullMarked;
