/** What the results service measures. */
@NullMarked
package dev.offpeak.results.shared.metric;

import org.jspecify.annotations.NullMarked;
