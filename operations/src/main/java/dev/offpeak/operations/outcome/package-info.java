/** Outcomes as they stand in llm.results and llm.failures when their format is JSON. */
@NullMarked
package dev.offpeak.operations.outcome;

import org.jspecify.annotations.NullMarked;
