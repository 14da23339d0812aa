/** The settings of the ledger-service. */
@NullMarked
package dev.offpeak.ledger.config;

import org.jspecify.annotations.NullMarked;
