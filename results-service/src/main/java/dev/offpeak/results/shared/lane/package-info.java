/** Reads sealed batches and the admitted requests that they refer to. */
@NullMarked
package dev.offpeak.results.shared.lane;

import org.jspecify.annotations.NullMarked;
