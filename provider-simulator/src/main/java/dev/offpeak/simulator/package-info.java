/** A stand-in for the providers' batch APIs over real HTTP, with a ledger of what was billed. */
@NullMarked
package dev.offpeak.simulator;

import org.jspecify.annotations.NullMarked;
