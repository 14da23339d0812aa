/** Whether the provider's own bill says what the ledger says: pure rules, and what is asked. */
@NullMarked
package dev.offpeak.ledger.proof;

import org.jspecify.annotations.NullMarked;
