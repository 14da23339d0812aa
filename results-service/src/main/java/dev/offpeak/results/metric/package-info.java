/** What the results service measures. */
@NullMarked
package dev.offpeak.results.metric;

import org.jspecify.annotations.NullMarked;
