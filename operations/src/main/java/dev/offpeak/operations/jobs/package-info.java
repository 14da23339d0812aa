/** Where provider jobs and quotas stand, from llm.jobs and llm.quotas; doubts settled by hand. */
@NullMarked
package dev.offpeak.operations.jobs;

import org.jspecify.annotations.NullMarked;
