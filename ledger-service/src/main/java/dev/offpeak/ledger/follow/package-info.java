/** Following the topics. */
@NullMarked
package dev.offpeak.ledger.follow;

import org.jspecify.annotations.NullMarked;
