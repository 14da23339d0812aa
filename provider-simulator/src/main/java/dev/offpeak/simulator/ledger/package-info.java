/** Proof of what was executed and billed, and how often each call was made. */
@NullMarked
package dev.offpeak.simulator.ledger;

import org.jspecify.annotations.NullMarked;
