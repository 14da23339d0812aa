/** A one-node Kafka broker inside this process, for the standalone mode and for tests. */
@NullMarked
package dev.offpeak.kafka.embedded;

import org.jspecify.annotations.NullMarked;
