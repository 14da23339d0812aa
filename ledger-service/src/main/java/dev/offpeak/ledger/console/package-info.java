/** The pages for a browser. */
@NullMarked
package dev.offpeak.ledger.console;

import org.jspecify.annotations.NullMarked;
