/**
 * llm.jobs: the records of jobs, written in transactions that a newer owner of the partition fences
 * out, and read back when a partition is taken over.
 */
@NullMarked
package dev.offpeak.submitter.ledger;

import org.jspecify.annotations.NullMarked;
