/** What the batcher counts. */
@NullMarked
package dev.offpeak.batcher.metric;

import org.jspecify.annotations.NullMarked;
