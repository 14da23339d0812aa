/** Writes outcomes in chunks, each one transaction with its usage and its progress. */
@NullMarked
package dev.offpeak.results.shared.publish;

import org.jspecify.annotations.NullMarked;
