/** Batches of messages as Anthropic has them. */
@NullMarked
package dev.offpeak.ingest.messages;

import org.jspecify.annotations.NullMarked;
