/** The records of outcomes: what they hold, in Avro and in the provider's own JSON. */
@NullMarked
package dev.offpeak.results.shared.outcome;

import org.jspecify.annotations.NullMarked;
