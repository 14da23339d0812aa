/** Places where a test can end the results-service, to see what the next one makes of it. */
@NullMarked
package dev.offpeak.results.failpoint;

import org.jspecify.annotations.NullMarked;
