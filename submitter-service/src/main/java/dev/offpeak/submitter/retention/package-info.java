/** Watches that no payload expires from llm.lanes while its batch still waits. */
@NullMarked
package dev.offpeak.submitter.retention;

import org.jspecify.annotations.NullMarked;
