/** Running the topology: what Kafka Streams is told, and what happens when it fails. */
@NullMarked
package dev.offpeak.batcher.run;

import org.jspecify.annotations.NullMarked;
