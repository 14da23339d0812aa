/** What operators want of synchronous calls. */
@NullMarked
package dev.offpeak.results.control;

import org.jspecify.annotations.NullMarked;
