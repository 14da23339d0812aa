/** Ids of batches. */
@NullMarked
package dev.offpeak.batcher.id;

import org.jspecify.annotations.NullMarked;
