/** The stages of the topology, in the order of the data: admission and retry, assembly, flush. */
@NullMarked
package dev.offpeak.batcher.stage;

import org.jspecify.annotations.NullMarked;
