/** What the topics and the provider's ledger say in the end. */
@NullMarked
package dev.offpeak.system.proof;

import org.jspecify.annotations.NullMarked;
