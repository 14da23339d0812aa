/** Reads sealed batches and the admitted requests that they refer to. */
@NullMarked
package dev.offpeak.results.lane;

import org.jspecify.annotations.NullMarked;
