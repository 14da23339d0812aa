/** Where provider jobs stand, read from the ledger llm.jobs. */
@NullMarked
package dev.offpeak.operations.jobs;

import org.jspecify.annotations.NullMarked;
