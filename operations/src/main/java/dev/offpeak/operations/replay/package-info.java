/** Executing requests again on purpose: chosen from llm.requests or llm.failures. */
@NullMarked
package dev.offpeak.operations.replay;

import org.jspecify.annotations.NullMarked;
