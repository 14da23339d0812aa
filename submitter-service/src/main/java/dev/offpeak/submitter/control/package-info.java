/** Telling llm.control of accounts that their providers refuse. */
@NullMarked
package dev.offpeak.submitter.control;

import org.jspecify.annotations.NullMarked;
