/** Accounts at providers: whose job is whose, when an account may be called, and its answers. */
@NullMarked
package dev.offpeak.submitter.account;

import org.jspecify.annotations.NullMarked;
