/** What can be asked of the ledger. */
@NullMarked
package dev.offpeak.ledger.report;

import org.jspecify.annotations.NullMarked;
