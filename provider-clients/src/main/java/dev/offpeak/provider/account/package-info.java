/** Accounts at providers: their configuration, their limits, and which of them takes a request. */
@NullMarked
package dev.offpeak.provider.account;

import org.jspecify.annotations.NullMarked;
