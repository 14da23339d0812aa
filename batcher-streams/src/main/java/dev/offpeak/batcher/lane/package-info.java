/** What holds for each lane: its account, its limits, when its batches are sealed. */
@NullMarked
package dev.offpeak.batcher.lane;

import org.jspecify.annotations.NullMarked;
