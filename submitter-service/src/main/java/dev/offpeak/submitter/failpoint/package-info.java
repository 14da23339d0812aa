/** Places where a test can hold a process or end it, to see what the next one makes of it. */
@NullMarked
package dev.offpeak.submitter.failpoint;

import org.jspecify.annotations.NullMarked;
