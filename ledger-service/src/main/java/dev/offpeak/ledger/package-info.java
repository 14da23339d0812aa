/** What was spent and saved: a read model in SQL of the topics, and its console. */
@NullMarked
package dev.offpeak.ledger;

import org.jspecify.annotations.NullMarked;
