/** Commands: usage, ledger verify. */
@NullMarked
package dev.offpeak.ledger.command;

import org.jspecify.annotations.NullMarked;
