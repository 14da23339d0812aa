/** The simulator's own endpoints below /_sim: ledger, calls, faults, keys and clock. */
@NullMarked
package dev.offpeak.simulator.admin;

import org.jspecify.annotations.NullMarked;
