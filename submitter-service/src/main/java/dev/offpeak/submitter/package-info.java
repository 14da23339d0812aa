/**
 * The submitter-service: turns the sealed batches of llm.batches into jobs at providers, and
 * records what becomes of each in llm.jobs and llm.completions.
 */
@NullMarked
package dev.offpeak.submitter;

import org.jspecify.annotations.NullMarked;
