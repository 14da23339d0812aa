/** Takes the lines of one body to llm.requests and says what became of them. */
@NullMarked
package dev.offpeak.ingest.intake;

import org.jspecify.annotations.NullMarked;
