/** One job at work: its thread, and the calls that its steps make. */
@NullMarked
package dev.offpeak.submitter.job;

import org.jspecify.annotations.NullMarked;
