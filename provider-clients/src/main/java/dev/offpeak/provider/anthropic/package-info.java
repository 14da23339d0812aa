/** The Anthropic Message Batches API (docs/providers B): the only place that knows its JSON. */
@NullMarked
package dev.offpeak.provider.anthropic;

import org.jspecify.annotations.NullMarked;
