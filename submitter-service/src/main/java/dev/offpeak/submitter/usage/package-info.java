/** What providers report of the tokens that batches had: llm.usage, for the quota's estimates. */
@NullMarked
package dev.offpeak.submitter.usage;

import org.jspecify.annotations.NullMarked;
