/** The batcher: requests in, sealed batches out, one Kafka Streams topology. */
@NullMarked
package dev.offpeak.batcher;

import org.jspecify.annotations.NullMarked;
